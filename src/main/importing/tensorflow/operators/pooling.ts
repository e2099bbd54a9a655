/** Pooling and scaling of pictures. */
import { flag, integer, text } from '../graphNode.ts';
import { Refusal, type Value } from '../value.ts';
import { picture, spatial, window } from './convolution.ts';
import { type ConvertOperator, input, type OperatorTable, plainInput, type Step } from './operator.ts';

export const pooling: OperatorTable = {
  MaxPool: pool('MaxPool'),
  AvgPool: averagePool,
  ResizeBilinear: (step) => resize(step, { mode: 'linear' }),
  ResizeNearestNeighbor: (step) => resize(step, { mode: 'nearest', nearest_mode: nearestMode(step) }),
  DepthToSpace: (step) => {
    if ((text(step.node, 'data_format') || 'NHWC') !== 'NHWC') throw new Refusal('DepthToSpace of (N, C, H, W)');
    const attributes = { blocksize: integer(step.node, 'block_size', 2), mode: 'DCR' };
    return picture(step.onnx.op('DepthToSpace', [step.onnx.channelsFirst(input(step, 0))], attributes));
  },
};

/** Pixels of the padding count in neither. */
function pool(opType: string): ConvertOperator {
  return (step) => {
    const size = spatial(step.node, 'ksize');
    const attributes = { kernel_shape: size, ...window(step.node, size) };
    return picture(step.onnx.op(opType, [step.onnx.channelsFirst(input(step, 0))], attributes));
  };
}

/** Sides from which on a window's sum is taken in two steps. */
const largeSide = 16;

/**
 * The mean of thousands of pixels loses digits when they are added one by one, as ONNX Runtime does. Windows that lie
 * side by side have the same mean as the means of their parts.
 */
function averagePool(step: Step): Value {
  const size = spatial(step.node, 'ksize');
  const strides = spatial(step.node, 'strides');
  const isTiled = text(step.node, 'padding') === 'VALID' && size.every((side, i) => side === strides[i]);
  const parts = size.map((side) => largestPart(side));
  if (!isTiled || size.every((side) => side < largeSide) || parts.some((part) => part === 1))
    return pool('AveragePool')(step) as Value;
  const means = step.onnx.op('AveragePool', [step.onnx.channelsFirst(input(step, 0))], tiles(parts));
  const rest = size.map((side, i) => side / (parts[i] as number));
  return picture(step.onnx.op('AveragePool', [means], tiles(rest)));
}

/** The divisor of a side that is nearest to its root from below. */
function largestPart(side: number): number {
  let part = Math.floor(Math.sqrt(side));
  while (side % part !== 0) part--;
  return part;
}

function tiles(sides: number[]): Record<string, number[]> {
  return { kernel_shape: sides, strides: sides };
}

/** Inputs: picture, (height, width). Where a pixel of the result lies in the picture is what the two flags say. */
function resize(step: Step, attributes: Record<string, string>) {
  const { onnx, node } = step;
  const from = flag(node, 'align_corners')
    ? 'align_corners'
    : flag(node, 'half_pixel_centers')
      ? 'half_pixel'
      : 'asymmetric';
  const x = onnx.channelsFirst(input(step, 0));
  const sizes = onnx.op('Concat', [batchAndChannels(step, x), plainInput(step, 1)], { axis: 0 });
  return picture(onnx.op('Resize', [x, '', '', sizes], { ...attributes, coordinate_transformation_mode: from }));
}

function batchAndChannels({ onnx }: Step, x: string): string {
  return onnx.op('Slice', [onnx.op('Shape', [x]), onnx.ints([0]), onnx.ints([2])]);
}

/** TensorFlow rounds halves up, and takes the pixel before where no centres are meant. */
function nearestMode({ node }: Step): string {
  return flag(node, 'align_corners') || flag(node, 'half_pixel_centers') ? 'round_prefer_ceil' : 'floor';
}
