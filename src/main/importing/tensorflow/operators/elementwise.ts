/** Operators that work number by number: the order of the axes does not matter to them, as long as all agree. */
import { dataTypes } from '../../../models/onnxProto.ts';
import { float, typeOf } from '../graphNode.ts';
import { isPicture, type Value, valueType } from '../value.ts';
import { agreeingNames } from './agreeOnAxes.ts';
import { type ConvertOperator, input, type OperatorTable, type Step } from './operator.ts';

/** In the order of axes in which the input is there. */
export function inPlace(step: Step, compute: (name: string) => string): Value {
  const x = input(step, 0);
  const name = compute(step.onnx.eitherOrder(x));
  const { type, rank } = x;
  return isPicture(x) ? { type, rank, channelsFirst: name } : { type, rank, plain: name };
}

const unary =
  (opType: string): ConvertOperator =>
  (step) =>
    inPlace(step, (x) => step.onnx.op(opType, [x]));

/** Activations, which also follow convolutions and matrix products as part of them. */
export const activations: OperatorTable = {
  Relu: unary('Relu'),
  Relu6: (step) => inPlace(step, (x) => step.onnx.op('Clip', [x, step.onnx.float(0), step.onnx.float(6)])),
  Elu: unary('Elu'),
  Sigmoid: (step) => inPlace(step, (x) => sigmoid(step, x)),
  Tanh: unary('Tanh'),
  LeakyRelu: (step) => leakyRelu(step, 'alpha'),
  Prelu: (step) => {
    const { names, picture } = agreeingNames(step.onnx, [input(step, 0), input(step, 1)]);
    return inOrder(step.onnx.op('PRelu', names), picture, input(step, 0));
  },
};

/** @param attribute the name under which the slope below zero is written; 0.2 without one. */
export function leakyRelu(step: Step, attribute: string): Value {
  const alpha = { float: float(step.node, attribute, 0.2) };
  return inPlace(step, (x) => step.onnx.op('LeakyRelu', [x], { alpha }));
}

export const elementwise: OperatorTable = {
  ...activations,
  Abs: unary('Abs'),
  Ceil: unary('Ceil'),
  Cos: unary('Cos'),
  Erf: unary('Erf'),
  Exp: unary('Exp'),
  Floor: unary('Floor'),
  Log: unary('Log'),
  LogicalNot: unary('Not'),
  Neg: unary('Neg'),
  Reciprocal: unary('Reciprocal'),
  Round: unary('Round'),
  Selu: unary('Selu'),
  Sign: unary('Sign'),
  Sin: unary('Sin'),
  Softplus: unary('Softplus'),
  Sqrt: unary('Sqrt'),
  Rsqrt: (step) => inPlace(step, (x) => step.onnx.op('Reciprocal', [step.onnx.op('Sqrt', [x])])),
  Square: (step) => inPlace(step, (x) => step.onnx.op('Mul', [x, x])),
  Identity: (step) => input(step, 0),
  StopGradient: (step) => input(step, 0),
  Cast: (step) => {
    const type = valueType(typeOf(step.node, 'DstT'));
    return { ...inPlace(step, (x) => step.onnx.op('Cast', [x], { to: dataTypes[type] })), type };
  },

  Add: binary('Add'),
  AddV2: binary('Add'),
  BiasAdd: binary('Add'),
  Sub: binary('Sub'),
  Mul: binary('Mul'),
  Div: binary('Div'),
  RealDiv: binary('Div'),
  Maximum: binary('Max'),
  Minimum: binary('Min'),
  Pow: binary('Pow'),
  FloorMod: pair((step, [x, y], type) => floorMod(step, x, y, type)),
  FloorDiv: pair((step, [x, y], type) => {
    if (type === 'float') return step.onnx.op('Floor', [step.onnx.op('Div', [x, y])]);
    // ONNX cuts towards zero: without the remainder there is nothing to cut.
    return step.onnx.op('Div', [step.onnx.op('Sub', [x, floorMod(step, x, y, type)]), y]);
  }),
  SquaredDifference: pair((step, names) => {
    const difference = step.onnx.op('Sub', [...names]);
    return step.onnx.op('Mul', [difference, difference]);
  }),
  Atan2: pair(atan2),
  AddN: (step) => {
    const { names, picture } = agreeingNames(step.onnx, step.inputs);
    return inOrder(step.onnx.op('Sum', names), picture, input(step, 0));
  },

  Equal: compare('Equal'),
  NotEqual: (step) => {
    const equal = compare('Equal')(step) as Value;
    return inPlace({ ...step, inputs: [equal] }, (x) => step.onnx.op('Not', [x]));
  },
  Greater: compare('Greater'),
  GreaterEqual: compare('GreaterOrEqual'),
  Less: compare('Less'),
  LessEqual: compare('LessOrEqual'),
  LogicalAnd: compare('And'),
  LogicalOr: compare('Or'),
};

type ComputePair = (step: Step, names: [string, string], type: Value['type']) => string;

function pair(compute: ComputePair): ConvertOperator {
  return (step) => {
    const operands = [input(step, 0), input(step, 1)];
    const { names, picture } = agreeingNames(step.onnx, operands);
    const { type } = input(step, 0);
    const result = compute(step, names as [string, string], type);
    return inOrder(result, picture, { type, rank: commonRank(operands) });
  };
}

/** As many axes as the operand with the most has; undefined where one does not say. */
export function commonRank(operands: readonly Pick<Value, 'rank'>[]): number | undefined {
  const rank = Math.max(...operands.map((operand) => operand.rank ?? Number.NaN));
  return Number.isNaN(rank) ? undefined : rank;
}

function binary(opType: string): ConvertOperator {
  return pair((step, names) => step.onnx.op(opType, names));
}

function compare(opType: string): ConvertOperator {
  return (step) => ({ ...(binary(opType)(step) as Value), type: 'bool' });
}

/** The remainder with the divisor's sign. */
function floorMod({ onnx }: Step, x: string, y: string, type: Value['type']): string {
  if (type !== 'float') return onnx.op('Mod', [x, y]);
  const whole = onnx.op('Floor', [onnx.op('Div', [x, y])]);
  return onnx.op('Sub', [x, onnx.op('Mul', [whole, y])]);
}

/** The angle of (x, y), -π to π: ONNX has the arc tangent of y / x alone, which is right for x > 0. */
function atan2({ onnx }: Step, [y, x]: [string, string]): string {
  const zero = onnx.float(0);
  const angle = onnx.op('Atan', [onnx.op('Div', [y, x])]);
  const isLow = onnx.op('Less', [y, zero]);
  const halfTurn = onnx.op('Where', [isLow, onnx.float(-Math.PI), onnx.float(Math.PI)]);
  const isLeft = onnx.op('Less', [x, zero]);
  const turned = onnx.op('Where', [isLeft, onnx.op('Add', [angle, halfTurn]), angle]);
  // On the axis itself y / x is infinite, or nothing at all.
  const upright = onnx.op('Mul', [onnx.op('Sign', [y]), onnx.float(Math.PI / 2)]);
  return onnx.op('Where', [onnx.op('Equal', [x, zero]), upright, turned]);
}

function inOrder(name: string, picture: boolean, { type, rank }: Pick<Value, 'type' | 'rank'>): Value {
  return picture ? { type, rank: 4, channelsFirst: name } : { type, rank, plain: name };
}

/** 1 / (1 + e^-x): ONNX Runtime's own Sigmoid is right to 1e-7, which is nothing of a probability of 1e-8. */
function sigmoid({ onnx }: Step, x: string): string {
  const power = onnx.op('Exp', [onnx.op('Neg', [x])]);
  return onnx.op('Reciprocal', [onnx.op('Add', [power, onnx.float(1)])]);
}
