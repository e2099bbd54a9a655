/** Pooling and scaling of pictures. */
import { flag, integer, text } from '../graphNode.ts';
import { Refusal } from '../value.ts';
import { picture, spatial, window } from './convolution.ts';
import { type ConvertOperator, input, type OperatorTable, plainInput, type Step } from './operator.ts';

export const pooling: OperatorTable = {
  MaxPool: pool('MaxPool'),
  AvgPool: pool('AveragePool'),
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
