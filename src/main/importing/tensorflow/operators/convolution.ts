/**
 * Convolutions, alone and with what TensorFlow fuses into them. Filters are (H, W, in, out) there and (out, in, H, W)
 * here; SAME pads as ONNX's SAME_UPPER does, the odd pixel at the end.
 */
import type { Attribute } from '../../../models/onnxProto.ts';
import { type GraphNode, integers, text, texts } from '../graphNode.ts';
import { transposeConstant } from '../onnxBuilder.ts';
import { Refusal, type Value } from '../value.ts';
import { activations, elementwise, leakyRelu } from './elementwise.ts';
import { type ConvertOperator, input, type OperatorTable, plainInput, type Step } from './operator.ts';

export const convolution: OperatorTable = {
  Conv2D: (step) => picture(conv(step)),
  _FusedConv2D: fused(conv),
  DepthwiseConv2dNative: (step) => picture(depthwiseConv(step)),
  FusedDepthwiseConv2dNative: fused(depthwiseConv),
  Conv2DBackpropInput: (step) => picture(transposedConv(step)),
};

/** Biases that are fused in are handed on, so that the convolution adds them itself. */
type Convolve = (step: Step, bias?: Value) => string;

function conv(step: Step, bias?: Value): string {
  const filter = filterInput(step, [3, 2, 0, 1]);
  return convOp(step, filter, { bias, attributes: window(step.node, filterSize(step)) });
}

/** A filter of its own for each channel: (H, W, C, multiplier) becomes (C · multiplier, 1, H, W). */
function depthwiseConv(step: Step, bias?: Value): string {
  const { constant } = input(step, 1);
  if (!constant) throw new Refusal(`${step.node.op} with a computed filter`);
  const [height, width, channels, multiplier] = constant.dims as [number, number, number, number];
  const { data } = transposeConstant(constant, [2, 3, 0, 1]);
  const filter = step.onnx.constant({ dims: [channels * multiplier, 1, height, width], data });
  return convOp(step, filter, { bias, attributes: { ...window(step.node, [height, width]), group: channels } });
}

interface ConvParts {
  bias: Value | undefined;
  attributes: Record<string, Attribute>;
}

function convOp(step: Step, filter: string, { bias, attributes }: ConvParts): string {
  const x = step.onnx.channelsFirst(input(step, 0));
  const biases = bias ? [step.onnx.plain(bias)] : []; // (out)
  return step.onnx.op('Conv', [x, filter, ...biases], attributes);
}

/**
 * The gradient of a convolution, which spreads a picture out. Inputs: the size of the result, filter (H, W, out, in),
 * picture. The result of the padded convolution backwards is cut to size: its SAME depends on the size that is asked for.
 */
function transposedConv(step: Step): string {
  const { onnx, node } = step;
  if ((text(node, 'data_format') || 'NHWC') !== 'NHWC') throw new Refusal(`${node.op} of (N, C, H, W)`);
  const padding = text(node, 'padding');
  if (padding !== 'SAME' && padding !== 'VALID') throw new Refusal(`${node.op} with ${padding} padding`);
  const strides = spatial(node, 'strides');
  const dilations = spatial(node, 'dilations');
  // (H, W, out, in) -> (in, out, H, W)
  const filter = filterInput(step, [3, 2, 0, 1]);
  const x = onnx.channelsFirst(input(step, 2));
  const attributes = { strides, dilations, output_padding: strides.map((stride) => stride - 1) };
  const spread = onnx.op('ConvTranspose', [x, filter], attributes);
  const wanted = onnx.op('Slice', [plainInput(step, 0), onnx.ints([1]), onnx.ints([3])]); // height and width
  const begin = padding === 'SAME' ? paddingBefore(step, x, wanted) : onnx.ints([0, 0]);
  return onnx.op('Slice', [spread, begin, onnx.op('Add', [begin, wanted]), onnx.ints([2, 3])]);
}

/** Rows and columns that SAME pads in front: half of ((in - 1) · stride + kernel - wanted), no less than none. */
function paddingBefore(step: Step, x: string, wanted: string): string {
  const { onnx, node } = step;
  const strides = spatial(node, 'strides');
  const dilations = spatial(node, 'dilations');
  const reach = filterSize(step).map((size, i) => (size - 1) * (dilations[i] as number) + 1 - (strides[i] as number));
  const size = onnx.op('Slice', [onnx.op('Shape', [x]), onnx.ints([2]), onnx.ints([4])]);
  const whole = onnx.op('Add', [onnx.op('Mul', [size, onnx.ints(strides)]), onnx.ints(reach)]);
  const total = onnx.op('Max', [onnx.op('Sub', [whole, wanted]), onnx.ints([0, 0])]);
  return onnx.op('Div', [total, onnx.ints([2, 2])]);
}

/** Rows and columns. */
function filterSize(step: Step): number[] {
  const { constant } = input(step, 1);
  if (!constant) throw new Refusal(`${step.node.op} with a computed filter`);
  return constant.dims.slice(0, 2);
}

function filterInput(step: Step, perm: number[]): string {
  const filter = input(step, 1);
  if (!filter.constant) return step.onnx.transpose(step.onnx.plain(filter), perm);
  return step.onnx.constant(transposeConstant(filter.constant, perm));
}

/** `fused_ops` names what follows: BiasAdd, then perhaps an activation; their operands are the further inputs. */
function fused(convolve: Convolve): ConvertOperator {
  return (step) => {
    const [first, ...others] = texts(step.node, 'fused_ops');
    const hasBias = first === 'BiasAdd';
    const result = picture(convolve(step, hasBias ? input(step, 2) : undefined));
    const steps = hasBias ? others : [first, ...others].filter((name) => name !== undefined);
    const operands = step.inputs.slice(hasBias ? 3 : 2);
    return applyFused(step, result, { steps, operands });
  };
}

/** The activations that are fused behind `result`. @throws Refusal of those that are not known */
export function applyFused(step: Step, result: Value, after: { steps: string[]; operands: Value[] }): Value {
  const operands = [...after.operands];
  let value = result;
  for (const name of after.steps) {
    if (name === 'LeakyRelu') {
      value = leakyRelu({ ...step, inputs: [value] }, 'leakyrelu_alpha');
      continue;
    }
    const convert = name === 'BiasAdd' ? elementwise[name] : activations[name];
    if (!convert) throw new Refusal(`${step.node.op} with ${name}`);
    const takesOperand = name === 'BiasAdd' || name === 'Prelu';
    const inputs = takesOperand ? [value, operands.shift() as Value] : [value];
    value = convert({ ...step, inputs }) as Value;
  }
  return value;
}

export function picture(name: string): Value {
  return { type: 'float', rank: 4, channelsFirst: name };
}

/**
 * Strides, dilations and padding as ONNX writes them. @param size rows and columns that are looked at together
 * @throws Refusal of pictures that are not (N, H, W, C)
 */
export function window(node: GraphNode, size: readonly number[]): Record<string, Attribute> {
  if ((text(node, 'data_format') || 'NHWC') !== 'NHWC') throw new Refusal(`${node.op} of (N, C, H, W)`);
  const dilations = spatial(node, 'dilations');
  const isDilated = dilations.some((dilation) => dilation !== 1);
  return {
    strides: spatial(node, 'strides'),
    ...(isDilated ? { dilations } : {}),
    ...(isDilated && text(node, 'padding') === 'SAME' ? dilatedPadding(node, size) : padding(node)),
  };
}

function padding(node: GraphNode): Record<string, Attribute> {
  const kind = text(node, 'padding');
  if (kind === 'SAME') return { auto_pad: 'SAME_UPPER' };
  if (kind === 'VALID') return {};
  if (kind !== 'EXPLICIT') throw new Refusal(`${node.op} with ${kind} padding`);
  // Before and after each axis of (N, H, W, C).
  const [, , top, bottom, left, right] = integers(node, 'explicit_paddings') as [0, 0, number, number, number, number];
  return { pads: [top, left, bottom, right] };
}

/** ONNX Runtime does not count dilations into SAME. Without strides it is the same for pictures of every size. */
function dilatedPadding(node: GraphNode, size: readonly number[]): Record<string, Attribute> {
  if (spatial(node, 'strides').some((stride) => stride !== 1))
    throw new Refusal(`${node.op} with strides and dilations`);
  const dilations = spatial(node, 'dilations');
  const total = size.map((length, i) => (length - 1) * (dilations[i] as number));
  const before = total.map((pixels) => Math.floor(pixels / 2));
  return { pads: [...before, ...total.map((pixels, i) => pixels - (before[i] as number))] };
}

/** Of four numbers for (N, H, W, C), those of height and width; ones where the node does not say. */
export function spatial(node: GraphNode, name: 'strides' | 'dilations' | 'ksize'): number[] {
  const numbers = integers(node, name).slice(1, 3);
  return numbers.length === 2 ? numbers : [1, 1];
}
