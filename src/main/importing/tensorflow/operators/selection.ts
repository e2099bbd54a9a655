/** Picking numbers out of a tensor, and putting some in. */

import { integer } from '../graphNode.ts';
import { knownInteger, Refusal, type Value } from '../value.ts';
import { commonRank } from './elementwise.ts';
import { like } from './layout.ts';
import { input, type OperatorTable, plainInput, type Step } from './operator.ts';
import { stridedSlice } from './stridedSlice.ts';

export const selection: OperatorTable = {
  StridedSlice: stridedSlice,
  Slice: (step) => {
    const { onnx } = step;
    const [begin, size] = [plainInput(step, 1), plainInput(step, 2)];
    // A size of -1 takes all that is left.
    const all = onnx.op('Less', [size, onnx.ints([0], [])]);
    const end = onnx.op('Where', [all, onnx.ints([Number.MAX_SAFE_INTEGER], []), onnx.op('Add', [begin, size])]);
    return like(step, onnx.op('Slice', [plainInput(step, 0), begin, end]), input(step, 0).rank);
  },
  GatherV2: (step) => {
    if (integer(step.node, 'batch_dims', 0) !== 0) throw new Refusal('GatherV2 in batches');
    const axis = step.inputs.length > 2 ? knownInteger(input(step, 2), 'GatherV2 along an axis') : 0;
    const [x, places] = [input(step, 0).rank, input(step, 1).rank];
    const rank = x === undefined || places === undefined ? undefined : x + places - 1;
    return like(step, step.onnx.op('Gather', [plainInput(step, 0), plainInput(step, 1)], { axis }), rank);
  },
  GatherNd: (step) => like(step, step.onnx.op('GatherND', [plainInput(step, 0), plainInput(step, 1)])),
  /** The places (n, axes) of what is true. */
  Where: (step) => ({
    type: 'int64',
    rank: 2,
    plain: step.onnx.op('Transpose', [step.onnx.op('NonZero', [plainInput(step, 0)])], { perm: [1, 0] }),
  }),
  Select: select,
  SelectV2: select,
  SparseToDense: sparseToDense,
  ScatterNd: (step) => {
    const zeros = fill(step, step.onnx.plain(zeroLike(step, input(step, 1))), plainInput(step, 2));
    const inputs = [zeros, plainInput(step, 0), plainInput(step, 1)];
    return { type: input(step, 1).type, plain: step.onnx.op('ScatterND', inputs, { reduction: 'add' }) };
  },

  Fill: (step) => {
    const { type } = input(step, 1);
    return {
      type,
      rank: input(step, 0).constant?.data.length,
      plain: fill(step, plainInput(step, 1), plainInput(step, 0)),
    };
  },
  ZerosLike: (step) => {
    const x = input(step, 0);
    return { type: x.type, rank: x.rank, plain: fill(step, step.onnx.plain(zeroLike(step, x)), step.onnx.shape(x)) };
  },
  Range: (step) => {
    const bounds = [0, 1, 2].map((index) => step.onnx.reshape(plainInput(step, index), []));
    return like(step, step.onnx.op('Range', bounds), 1);
  },
};

function fill(step: Step, value: string, shape: string): string {
  return step.onnx.op('Expand', [value, shape]);
}

function zeroLike({ onnx }: Step, { type }: Value): Value {
  if (type === 'bool') throw new Refusal('truth values that are set to zero');
  return { type, rank: 0, plain: type === 'float' ? onnx.float(0) : onnx.ints([0], []) };
}

/** Inputs: the condition, what holds where it is true, and where not. */
function select(step: Step): Value {
  const [condition, x] = [input(step, 0), input(step, 1)];
  // The older Select goes by rows where the condition is a list.
  if (step.node.op === 'Select' && condition.rank === 1 && x.rank !== 1) throw new Refusal('Select by rows');
  const names = [0, 1, 2].map((index) => plainInput(step, index));
  return { type: x.type, rank: commonRank([condition, x, input(step, 2)]), plain: step.onnx.op('Where', names) };
}

/** Inputs: where (n, axes) or (n), the shape, the values (n) or one for all, what is everywhere else. */
function sparseToDense(step: Step): Value {
  const { onnx } = step;
  const [indices, , values] = [input(step, 0), input(step, 1), input(step, 2)];
  if (indices.rank === undefined || values.rank === undefined) throw new Refusal('SparseToDense of unknown rank');
  const axes = indices.rank === 2 ? -1 : 1;
  const places = indices.rank === 2 ? onnx.plain(indices) : onnx.reshape(onnx.plain(indices), [-1, axes]);
  const count = onnx.op('Slice', [onnx.op('Shape', [places]), onnx.ints([0]), onnx.ints([1])]);
  const given = values.rank === 0 ? fill(step, onnx.plain(values), count) : onnx.plain(values);
  const ground = fill(step, plainInput(step, 3), plainInput(step, 1));
  return { type: values.type, plain: onnx.op('ScatterND', [ground, places, given]) };
}
