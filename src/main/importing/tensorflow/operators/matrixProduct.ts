/** Matrix products. */

import { flag, texts } from '../graphNode.ts';
import type { Value } from '../value.ts';
import { applyFused } from './convolution.ts';
import { commonRank } from './elementwise.ts';
import { input, type OperatorTable, type Step } from './operator.ts';

export const matrixProduct: OperatorTable = {
  MatMul: (step) => product(step, ['transpose_a', 'transpose_b']),
  BatchMatMul: (step) => product(step, ['adj_x', 'adj_y']),
  BatchMatMulV2: (step) => product(step, ['adj_x', 'adj_y']),
  _FusedMatMul: (step) => {
    const result = product(step, ['transpose_a', 'transpose_b']);
    return applyFused(step, result, { steps: texts(step.node, 'fused_ops'), operands: step.inputs.slice(2) });
  },
};

function product(step: Step, flags: readonly [string, string]): Value {
  const [a, b] = flags.map((name, index) => operand(step, index, flag(step.node, name)));
  const rank = commonRank([input(step, 0), input(step, 1)]);
  return { type: input(step, 0).type, rank, plain: step.onnx.op('MatMul', [a as string, b as string]) };
}

function operand(step: Step, index: number, turned: boolean): string {
  const value = input(step, index);
  const name = step.onnx.plain(value);
  // However many axes stand before the last two.
  return turned ? step.onnx.op('Einsum', [name], { equation: '...ij->...ji' }) : name;
}
