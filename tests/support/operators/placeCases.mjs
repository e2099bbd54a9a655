/** Operators that sum along axes, and those that give numbers another place. */
import { b, fed, i, ints, keep, masks, picture, s, values, weights, whole } from './parts.mjs';

const reducing = ['Mean', 'Sum', 'Max', 'Min', 'Prod'];

export const placeCases = [
  ...reducing.flatMap((op) => [
    { op, about: 'over height and width', inputs: [picture, whole([1, 2])], attr: keep(false) },
    { op, about: 'over channels, kept', inputs: [picture, whole([-1])], attr: keep(true) },
    { op, about: 'over all but rows', inputs: [picture, whole([0, 2, 3])], attr: keep(false) },
  ]),
  { op: 'ArgMax', inputs: [picture, whole([3], [])] },
  { op: 'ArgMin', inputs: [picture, whole([1], [])] },
  { op: 'TopKV2', inputs: [fed(3, 8), whole([4], [])], attr: { sorted: b(true) }, outputs: 2 },

  { op: 'Reshape', inputs: [picture, whole([5, -1])] },
  { op: 'Squeeze', inputs: [fed(1, 3, 1, 2)], attr: { squeeze_dims: ints(0, 2) } },
  { op: 'ExpandDims', inputs: [fed(3, 2), whole([-1], [])] },
  { op: 'Transpose', inputs: [picture, whole([0, 3, 1, 2])] },
  { op: 'Pack', inputs: [fed(3, 2), fed(3, 2)], attr: { N: i(2), axis: i(1) } },
  { op: 'Unpack', inputs: [fed(3, 2)], attr: { num: i(2), axis: i(1) }, outputs: 2 },
  { op: 'ConcatV2', inputs: [picture, picture, whole([-1], [])], attr: { N: i(2) } },
  { op: 'Split', inputs: [whole([3], []), fed(1, 5, 7, 4)], attr: { num_split: i(2) }, outputs: 2 },
  { op: 'SplitV', inputs: [fed(2, 5), whole([2, 3]), whole([1], [])], attr: { num_split: i(2) }, outputs: 2 },
  { op: 'Tile', inputs: [fed(2, 3), whole([2, 1])] },
  { op: 'BroadcastTo', inputs: [fed(2, 1, 3), whole([2, 4, 3])] },
  { op: 'Pad', inputs: [picture, whole([0, 0, 1, 2, 0, 3, 0, 0], [4, 2])] },
  { op: 'PadV2', inputs: [picture, whole([0, 0, 1, 2, 0, 3, 0, 0], [4, 2]), values([0.5], [])] },
  { op: 'MirrorPad', inputs: [picture, whole([0, 0, 1, 2, 0, 3, 0, 0], [4, 2])], attr: { mode: s('reflect') } },
  { op: 'Shape', inputs: [picture] },
  { op: 'Size', inputs: [picture] },

  {
    op: 'StridedSlice',
    about: 'plain',
    inputs: [picture, whole([0, 1, 2, 0]), whole([1, 4, 6, 3]), whole([1, 2, 1, 1])],
    attr: masks(0, 0, 0, 0, 0),
  },
  {
    op: 'StridedSlice',
    about: 'open at both ends',
    inputs: [picture, whole([9, 1, 9, 9]), whole([9, 9, 4, 9]), whole([1, 1, 1, 1])],
    attr: masks(13, 11, 0, 0, 0),
  },
  {
    op: 'StridedSlice',
    about: 'backwards',
    inputs: [fed(6, 3), whole([5, 0]), whole([1, 3]), whole([-2, 1])],
    attr: masks(0, 0, 0, 0, 0),
  },
  {
    op: 'StridedSlice',
    about: 'backwards, open',
    inputs: [fed(6, 3), whole([0, 0]), whole([0, 3]), whole([-1, 1])],
    attr: masks(1, 1, 0, 0, 0),
  },
  {
    op: 'StridedSlice',
    about: 'the last one of an axis',
    inputs: [picture, whole([0, -1]), whole([0, 0]), whole([1, 1])],
    attr: masks(1, 1, 0, 0, 2),
  },
  {
    op: 'StridedSlice',
    about: 'new axes',
    inputs: [fed(3, 4), whole([0, 0, 1, 0]), whole([0, 0, 3, 0]), whole([1, 1, 1, 1])],
    attr: masks(2, 2, 0, 9, 0),
  },
  {
    op: 'StridedSlice',
    about: 'an ellipsis',
    inputs: [picture, whole([0, 1, 2]), whole([0, 4, 3]), whole([1, 1, 1])],
    attr: masks(0, 0, 1, 0, 4),
  },
  { op: 'Slice', inputs: [picture, whole([0, 1, 2, 0]), whole([1, 3, -1, 1])] },
  { op: 'GatherV2', inputs: [picture, whole([2, 0, 2]), whole([1], [])], attr: { batch_dims: i(0) } },
  { op: 'GatherNd', inputs: [picture, whole([0, 1, 0, 4], [2, 2])] },
  { op: 'Where', inputs: [{ dims: [3, 2], values: [1, 0, 0, 1, 1, 1], dtype: 'bool' }] },
  { op: 'SelectV2', inputs: [{ dims: [3, 1], values: [1, 0, 1], dtype: 'bool' }, fed(3, 4), fed(3, 4)] },
  { op: 'SparseToDense', inputs: [whole([1, 3]), whole([5]), whole([7, 9]), whole([2], [])] },
  { op: 'ScatterNd', inputs: [whole([1, 3], [2, 1]), weights(2, 3), whole([5, 3])] },
  { op: 'Select', inputs: [{ dims: [3], values: [1, 0, 1], dtype: 'bool' }, fed(3), fed(3)] },
  { op: 'Fill', inputs: [whole([2, 3]), values([0.25], [])] },
  { op: 'Range', inputs: [whole([1], []), whole([10], []), whole([3], [])], attr: { Tidx: { type: 'DT_INT32' } } },
];
