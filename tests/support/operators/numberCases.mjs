/** Operators that work number by number. */
import { f, fed, i, picture, truth, values, weights, whole } from './parts.mjs';

const unary = [
  'Abs',
  'Ceil',
  'Cos',
  'Elu',
  'Erf',
  'Exp',
  'Floor',
  'Neg',
  'Reciprocal',
  'Relu',
  'Relu6',
  'Round',
  'Selu',
];
const unaryToo = ['Sigmoid', 'Sign', 'Sin', 'Softplus', 'Square', 'Tanh', 'ZerosLike', 'Identity', 'Softmax'];
const binary = [
  'Add',
  'AddV2',
  'Sub',
  'Mul',
  'RealDiv',
  'Maximum',
  'Minimum',
  'SquaredDifference',
  'Atan2',
  'FloorMod',
];
const comparing = ['Equal', 'NotEqual', 'Greater', 'GreaterEqual', 'Less', 'LessEqual'];

export const numberCases = [
  ...[...unary, ...unaryToo].map((op) => ({ op, inputs: [picture] })),
  ...['Sqrt', 'Rsqrt', 'Log'].map((op) => ({ op, about: 'of positive numbers', inputs: [picture], after: 'Exp' })),
  ...binary.map((op) => ({ op, inputs: [picture, fed(1, 5, 7, 3)] })),
  ...binary.map((op) => ({ op, about: 'with one number for each channel', inputs: [picture, weights(3)] })),
  {
    op: 'Atan2',
    about: 'on the axes',
    inputs: [values([1, -1, 0, 0, 1, -1], [6]), values([0, 0, 1, -1, -1, -1], [6])],
  },
  ...['FloorDiv', 'FloorMod', 'Mul', 'Sub', 'Maximum'].map((op) => ({
    op,
    about: 'of whole numbers below zero',
    inputs: [whole([-7, 7, -7, 7, 6]), whole([3, 3, -3, -3, 3])],
  })),
  ...comparing.map((op) => ({ op, inputs: [whole([1, 2, 3]), whole([3, 2, 1])], after: 'AsFloat' })),
  ...['LogicalAnd', 'LogicalOr'].map((op) => ({
    op,
    inputs: [truth([1, 1, 0, 0]), truth([1, 0, 1, 0])],
    after: 'AsFloat',
  })),
  { op: 'LogicalNot', inputs: [truth([1, 0])], after: 'AsFloat' },
  { op: 'Pow', inputs: [values([0.5, 2, 3], [3]), values([2, -1, 0.5], [3])] },
  { op: 'Div', inputs: [picture, weights(3)] },
  { op: 'StopGradient', inputs: [picture] },
  { op: 'AddN', inputs: [picture, picture, picture], attr: { N: i(3) } },
  { op: 'BiasAdd', inputs: [picture, weights(3)] },
  { op: 'Prelu', inputs: [picture, weights(3)] },
  { op: 'Prelu', about: 'with a slope for each pixel', inputs: [picture, weights(5, 7, 3)] },
  { op: 'LeakyRelu', inputs: [picture], attr: { alpha: f(0.3) } },
  {
    op: 'Cast',
    about: 'cuts towards zero',
    inputs: [values([-1.7, 1.7, 2.2], [3])],
    attr: { SrcT: { type: 'DT_FLOAT' }, DstT: { type: 'DT_INT32' } },
  },
];
