/** Operators that give numbers another shape or another place: nothing is computed. */
import type { Attribute } from '../../../models/onnxProto.ts';
import { integer, integers, text } from '../graphNode.ts';
import { channelsFirstAxis, isPicture, knownInteger, knownIntegers, Refusal, type Value } from '../value.ts';
import { input, type OperatorTable, plainInput, type Step } from './operator.ts';

export const layout: OperatorTable = {
  Reshape: (step) => {
    const shape = plainInput(step, 1);
    const rank = input(step, 1).constant?.data.length;
    return like(step, step.onnx.op('Reshape', [plainInput(step, 0), shape], { allowzero: 1 }), rank);
  },
  Squeeze: (step) => {
    const axes = integers(step.node, 'squeeze_dims');
    const { rank } = input(step, 0);
    const inputs = [plainInput(step, 0), ...(axes.length > 0 ? [step.onnx.ints(axes)] : [])];
    return like(step, step.onnx.op('Squeeze', inputs), rank && axes.length > 0 ? rank - axes.length : undefined);
  },
  ExpandDims: (step) => {
    const axis = knownInteger(input(step, 1), 'ExpandDims along an axis');
    return like(step, step.onnx.op('Unsqueeze', [plainInput(step, 0), step.onnx.ints([axis])]), rankAfter(step, 1));
  },
  Transpose: (step) => {
    const perm = knownIntegers(input(step, 1), 'Transpose into an order');
    return like(step, step.onnx.transpose(plainInput(step, 0), perm), perm.length);
  },
  Pack: (step) => {
    const axis = integer(step.node, 'axis', 0);
    const each = step.inputs.map((value) =>
      step.onnx.op('Unsqueeze', [step.onnx.plain(value), step.onnx.ints([axis])]),
    );
    return like(step, step.onnx.op('Concat', each, { axis }), rankAfter(step, 1));
  },
  Unpack: (step) => {
    const axis = integer(step.node, 'axis', 0);
    const x = plainInput(step, 0);
    return Array.from({ length: integer(step.node, 'num', 1) }, (_, i) =>
      like(step, step.onnx.op('Gather', [x, step.onnx.ints([i], [])], { axis }), rankAfter(step, -1)),
    );
  },
  ConcatV2: (step) => {
    const values = step.inputs.slice(0, -1);
    const axis = knownInteger(step.inputs.at(-1), 'ConcatV2 along an axis');
    if (!values.some(isPicture) || values.some(({ rank }) => rank !== 4)) {
      const names = values.map((value) => step.onnx.plain(value));
      return like(step, step.onnx.op('Concat', names, { axis }), input(step, 0).rank);
    }
    const names = values.map((value) => step.onnx.channelsFirst(value));
    const turned = channelsFirstAxis.at(axis) as number;
    return { type: input(step, 0).type, rank: 4, channelsFirst: step.onnx.op('Concat', names, { axis: turned }) };
  },
  Split: (step) => {
    const axis = knownInteger(input(step, 0), 'Split along an axis');
    const count = integer(step.node, 'num_split', 1);
    return parts(step, input(step, 1), { axis, count, sizes: [] });
  },
  SplitV: (step) => {
    const axis = knownInteger(input(step, 2), 'SplitV along an axis');
    return parts(step, input(step, 0), {
      axis,
      count: integer(step.node, 'num_split', 1),
      sizes: [plainInput(step, 1)],
    });
  },
  Tile: (step) => like(step, step.onnx.op('Tile', [plainInput(step, 0), plainInput(step, 1)]), input(step, 0).rank),
  BroadcastTo: (step) => like(step, step.onnx.op('Expand', [plainInput(step, 0), plainInput(step, 1)])),
  Pad: (step) => pad(step, 'constant'),
  PadV2: (step) => pad(step, 'constant'),
  MirrorPad: (step) => {
    const mode = text(step.node, 'mode').toUpperCase();
    if (mode !== 'REFLECT') throw new Refusal(`MirrorPad with mode ${mode}`);
    return pad(step, 'reflect');
  },
  Shape: (step) => ({ type: 'int64', rank: 1, plain: step.onnx.shape(input(step, 0)) }),
  Size: (step) => ({ type: 'int64', rank: 0, plain: step.onnx.op('Size', [step.onnx.eitherOrder(input(step, 0))]) }),
};

/** A value of the first input's type. */
export function like(step: Step, name: string, rank?: number): Value {
  return { type: input(step, 0).type, rank, plain: name };
}

function rankAfter(step: Step, change: number): number | undefined {
  const { rank } = input(step, 0);
  return rank === undefined ? undefined : rank + change;
}

function parts(
  step: Step,
  x: Value,
  { axis, count, sizes }: { axis: number; count: number; sizes: string[] },
): Value[] {
  const attributes: Record<string, Attribute> = sizes.length === 0 ? { axis, num_outputs: count } : { axis };
  const names = step.onnx.ops('Split', [step.onnx.plain(x), ...sizes], attributes, count);
  return names.map((plain) => ({ type: x.type, rank: x.rank, plain }));
}

/** Inputs: x, (before, after) for each axis, perhaps the value that is put there. */
function pad(step: Step, mode: string): Value {
  const { onnx } = step;
  const x = input(step, 0);
  const paddings = knownIntegers(input(step, 1), `${step.node.op} by an amount`);
  const turned = isPicture(x) ? [0, 3, 1, 2] : Array.from({ length: paddings.length / 2 }, (_, axis) => axis);
  const amounts = [0, 1].flatMap((side) => turned.map((axis) => paddings[axis * 2 + side] as number));
  const filling = step.inputs.length > 2 ? [plainInput(step, 2)] : [];
  const name = onnx.op('Pad', [onnx.eitherOrder(x), onnx.ints(amounts), ...filling], { mode });
  return isPicture(x) ? { type: x.type, rank: 4, channelsFirst: name } : like(step, name, x.rank);
}
