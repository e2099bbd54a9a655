/** Matrix products. */
import { flag, texts } from '../graphNode.ts';
import { Refusal, type Value } from '../value.ts';
import { applyFused } from './convolution.ts';
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
  const { type, rank } = input(step, 0);
  return { type, rank, plain: step.onnx.op('MatMul', [a as string, b as string]) };
}

function operand(step: Step, index: number, turned: boolean): string {
  const value = input(step, index);
  const name = step.onnx.plain(value);
  if (!turned) return name;
  const rank = value.rank ?? (step.node.op.startsWith('Batch') ? undefined : 2);
  if (rank === undefined) throw new Refusal(`${step.node.op} of a turned matrix of unknown rank`);
  const axes = Array.from({ length: rank }, (_, axis) => axis);
  return step.onnx.transpose(name, [...axes.slice(0, -2), rank - 1, rank - 2]);
}
