/** Sums, means and extremes along axes, and where the extremes are. */
import { flag } from '../graphNode.ts';
import { channelsFirstAxis, isPicture, knownInteger, knownIntegers, type Value } from '../value.ts';
import { type ConvertOperator, input, type OperatorTable, plainInput, type Step } from './operator.ts';

export const reduction: OperatorTable = {
  Mean: reduce('ReduceMean'),
  Sum: reduce('ReduceSum'),
  Max: reduce('ReduceMax'),
  Min: reduce('ReduceMin'),
  Prod: reduce('ReduceProd'),
  ArgMax: arg('ArgMax'),
  ArgMin: arg('ArgMin'),
  Softmax: (step) => {
    const { type, rank } = input(step, 0);
    return { type, rank, plain: step.onnx.op('Softmax', [plainInput(step, 0)], { axis: -1 }) };
  },
  TopKV2: (step) => {
    const count = step.onnx.reshape(plainInput(step, 1), [1]);
    const [values, indices] = step.onnx.ops('TopK', [plainInput(step, 0), count], { axis: -1 }, 2);
    const { type, rank } = input(step, 0);
    return [
      { type, rank, plain: values },
      { type: 'int64', rank, plain: indices },
    ];
  },
};

/** Over height and width of a picture without turning it first, where the result does not tell the difference. */
function reduce(opType: string): ConvertOperator {
  return (step) => {
    const x = input(step, 0);
    const axes = knownIntegers(input(step, 1), `${step.node.op} along axes`);
    const keepdims = flag(step.node, 'keep_dims') || flag(step.node, 'keepdims');
    const type = x.type;
    if (isPicture(x) && keepdims) return { type, rank: 4, channelsFirst: run(step, opType, { axes, keepdims }) };
    if (isPicture(x) && sorted(axes, 4) === '1,2') {
      return { type, rank: 2, plain: run(step, opType, { axes, keepdims }) };
    }
    const name = step.onnx.op(opType, [step.onnx.plain(x), step.onnx.ints(axes)], { keepdims: Number(keepdims) });
    return { type, rank: x.rank && rankWithout(x.rank, axes, keepdims), plain: name };
  };
}

function run(step: Step, opType: string, { axes, keepdims }: { axes: number[]; keepdims: boolean }): string {
  const turned = axes.map((axis) => channelsFirstAxis.at(axis) as number);
  const x = step.onnx.channelsFirst(input(step, 0));
  return step.onnx.op(opType, [x, step.onnx.ints(turned)], { keepdims: Number(keepdims) });
}

function sorted(axes: readonly number[], rank: number): string {
  return axes
    .map((axis) => (axis + rank) % rank)
    .sort()
    .join();
}

function rankWithout(rank: number, axes: readonly number[], keepdims: boolean): number {
  return keepdims ? rank : rank - axes.length;
}

function arg(opType: string): ConvertOperator {
  return (step): Value => {
    const axis = knownInteger(input(step, 1), `${step.node.op} along an axis`);
    return { type: 'int64', plain: step.onnx.op(opType, [plainInput(step, 0)], { axis, keepdims: 0 }) };
  };
}
