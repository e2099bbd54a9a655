/** Operators on pictures, (N, H, W, C), and matrix products. */
import {
  b,
  dilated,
  f,
  fed,
  fusing,
  i,
  ints,
  names,
  picture,
  pooling,
  resizing,
  s,
  weights,
  whole,
  windowOf,
} from './parts.mjs';

export const pictureCases = [
  ...['SAME', 'VALID'].flatMap((padding) =>
    [1, 2, 3].flatMap((stride) => [
      {
        op: 'Conv2D',
        about: `${padding}, every ${stride}`,
        inputs: [picture, weights(3, 3, 3, 4)],
        attr: windowOf(padding, stride),
      },
      {
        op: 'DepthwiseConv2dNative',
        about: `${padding}, every ${stride}`,
        inputs: [picture, weights(3, 3, 3, 2)],
        attr: windowOf(padding, stride),
      },
      { op: 'MaxPool', about: `${padding}, every ${stride}`, inputs: [picture], attr: pooling(padding, 3, stride) },
      { op: 'AvgPool', about: `${padding}, every ${stride}`, inputs: [picture], attr: pooling(padding, 3, stride) },
    ]),
  ),
  {
    op: 'AvgPool',
    about: 'of thousands of pixels',
    inputs: [fed(1, 70, 130, 1)],
    attr: { ...windowOf('VALID'), strides: ints(1, 32, 64, 1), ksize: ints(1, 32, 64, 1) },
  },
  { op: 'Conv2D', about: 'of an even filter', inputs: [picture, weights(4, 2, 3, 4)], attr: windowOf('SAME', 2) },
  {
    op: 'Conv2D',
    about: 'dilated, SAME',
    inputs: [fed(1, 9, 9, 3), weights(3, 3, 3, 4)],
    attr: windowOf('SAME', 1, dilated),
  },
  {
    op: 'Conv2D',
    about: 'dilated, VALID',
    inputs: [fed(1, 9, 9, 3), weights(3, 3, 3, 4)],
    attr: windowOf('VALID', 1, dilated),
  },
  {
    op: 'Conv2D',
    about: 'padded by hand',
    inputs: [picture, weights(3, 3, 3, 4)],
    attr: windowOf('EXPLICIT', 2, { explicit_paddings: ints(0, 0, 2, 0, 0, 1, 0, 0) }),
  },
  ...[['BiasAdd'], ['BiasAdd', 'Relu'], ['BiasAdd', 'Relu6'], ['BiasAdd', 'Elu'], ['BiasAdd', 'Sigmoid']].flatMap(
    (fused) => [
      {
        op: '_FusedConv2D',
        about: fused.join(' and '),
        inputs: [picture, weights(3, 3, 3, 4), weights(4)],
        attr: fusing(...fused),
      },
      {
        op: 'FusedDepthwiseConv2dNative',
        about: fused.join(' and '),
        inputs: [picture, weights(3, 3, 3, 1), weights(3)],
        attr: fusing(...fused),
      },
    ],
  ),
  {
    op: '_FusedConv2D',
    about: 'BiasAdd and Prelu',
    inputs: [picture, weights(3, 3, 3, 4), weights(4), weights(4)],
    attr: { ...fusing('BiasAdd', 'Prelu'), num_args: i(2) },
  },
  {
    op: '_FusedConv2D',
    about: 'BiasAdd and LeakyRelu',
    inputs: [picture, weights(3, 3, 3, 4), weights(4)],
    attr: { ...fusing('BiasAdd', 'LeakyRelu'), leakyrelu_alpha: f(0.3) },
  },
  ...[
    [2, 10, 14, 'SAME'],
    [2, 9, 13, 'SAME'],
    [3, 13, 19, 'SAME'],
    [2, 11, 15, 'VALID'],
  ].map(([stride, height, width, padding]) => ({
    op: 'Conv2DBackpropInput',
    about: `${padding}, to ${height} by ${width}`,
    inputs: [whole([1, height, width, 4]), weights(3, 3, 4, 3), picture],
    attr: windowOf(padding, stride),
  })),
  { op: 'BatchMatMul', inputs: [fed(3, 2, 5), fed(3, 5, 4)], attr: { adj_x: b(false), adj_y: b(false) } },
  {
    op: '_FusedMatMul',
    inputs: [fed(2, 5), weights(5, 4), weights(4)],
    attr: { fused_ops: names('BiasAdd', 'Relu'), num_args: i(1) },
  },
  {
    op: 'MatMul',
    about: 'of turned matrices',
    inputs: [fed(5, 2), fed(4, 5)],
    attr: { transpose_a: b(true), transpose_b: b(true) },
  },
  {
    op: 'BatchMatMulV2',
    about: 'of a turned matrix',
    inputs: [fed(3, 2, 5), fed(3, 4, 5)],
    attr: { adj_x: b(false), adj_y: b(true) },
  },

  ...[
    [false, false],
    [true, false],
    [false, true],
  ].flatMap(([align, half]) =>
    [
      [10, 14],
      [3, 4],
      [8, 9],
    ].flatMap((size) => [
      {
        op: 'ResizeBilinear',
        about: about(align, half, size),
        inputs: [picture, whole(size)],
        attr: resizing(align, half),
      },
      {
        op: 'ResizeNearestNeighbor',
        about: about(align, half, size),
        inputs: [picture, whole(size)],
        attr: resizing(align, half),
      },
    ]),
  ),
  { op: 'DepthToSpace', inputs: [fed(1, 3, 4, 8)], attr: { block_size: i(2), data_format: s('NHWC') } },
];

function about(align, half, [height, width]) {
  return `${align ? 'corners' : half ? 'centres' : 'neither'}, to ${height} by ${width}`;
}
