/**
 * timm's RegStage with the reference's settings: bottleneck ratio 1, group size 1, squeeze-excite 0.25,
 * LayerNorm2d, SiLU. Source: timm `models/regnet.py` (Bottleneck, RegStage), `layers/norm_act.py`.
 * Works on rows (T·h·w, C): a 1×1 convolution is a linear layer and LayerNorm2d a norm of rows.
 */
import { reshapeRows, type Weights } from '../checkpoint/weights.ts';
import type { Graph } from '../onnx/graph.ts';

/** LayerNormAct2d's default, of every norm in the stage. */
const epsilon = 1e-5;
const squeezeRatio = 0.25;

export interface Grid {
  height: number;
  width: number;
}

/** x (T·h·w, in) -> (T·h·w, out). */
export function regStage(
  graph: Graph,
  weights: Weights,
  x: string,
  prefix: string,
  depth: number,
  inSize: number,
  outSize: number,
  grid: Grid,
): string {
  let hidden = x;
  for (let i = 1; i <= depth; i++)
    hidden = bottleneck(graph, weights, hidden, `${prefix}b${i}.`, i === 1 ? inSize : outSize, outSize, grid);
  return hidden;
}

function bottleneck(
  graph: Graph,
  weights: Weights,
  x: string,
  prefix: string,
  inSize: number,
  outSize: number,
  grid: Grid,
): string {
  const pointwise = (from: string, name: string, size: number) => {
    const weight = weights.get(`${prefix}${name}.conv.weight`, [outSize, size, 1, 1]);
    return norm(graph.linear(from, reshapeRows(weight, [outSize, size]), null), name);
  };
  const norm = (from: string, name: string) =>
    graph.layerNorm(
      from,
      weights.get(`${prefix}${name}.bn.weight`, [outSize]),
      weights.get(`${prefix}${name}.bn.bias`, [outSize]),
      epsilon,
    );
  const first = graph.silu(pointwise(x, 'conv1', inSize));
  const second = graph.silu(
    norm(depthwise(graph, weights, first, `${prefix}conv2.conv.weight`, outSize, grid), 'conv2'),
  );
  const squeezed = roundHalfToEven(inSize * squeezeRatio);
  const excited = squeezeExcite(graph, weights, second, `${prefix}se.`, outSize, squeezed, grid);
  const third = pointwise(excited, 'conv3', outSize);
  const shortcut = inSize === outSize ? x : pointwise(x, 'downsample', inSize);
  return graph.silu(graph.add(third, shortcut));
}

/** 3×3, one filter per channel, padding 1. */
function depthwise(graph: Graph, weights: Weights, x: string, name: string, size: number, grid: Grid): string {
  const image = graph.transpose(graph.reshape(x, [-1, grid.height, grid.width, size]), [0, 3, 1, 2]); // (T, C, h, w)
  const convolved = graph.op('Conv', [image, graph.tensor(weights.get(name, [size, 1, 3, 3]))], {
    kernel_shape: [3, 3],
    pads: [1, 1, 1, 1],
    group: size,
  });
  return graph.reshape(graph.transpose(convolved, [0, 2, 3, 1]), [-1, size]); // (T·h·w, C)
}

/** Python's `round`, which timm uses: halves go to the even neighbour. */
function roundHalfToEven(value: number): number {
  const floor = Math.floor(value);
  return value - floor === 0.5 ? floor + (floor % 2) : Math.round(value);
}

/** Scales every channel of a frame by a gate that sees the frame's mean. */
function squeezeExcite(
  graph: Graph,
  weights: Weights,
  x: string,
  prefix: string,
  size: number,
  squeezed: number,
  grid: Grid,
): string {
  const frames = graph.reshape(x, [-1, grid.height * grid.width, size]); // (T, h·w, C)
  const mean = graph.op('ReduceMean', [frames, graph.ints([1])], { keepdims: 0 }); // (T, C)
  const dense = (from: string, name: string, inSize: number, outSize: number) =>
    graph.linear(
      from,
      reshapeRows(weights.get(`${prefix}${name}.weight`, [outSize, inSize, 1, 1]), [outSize, inSize]),
      weights.get(`${prefix}${name}.bias`, [outSize]),
      { exact: true },
    );
  const gate = graph.op('Sigmoid', [dense(graph.silu(dense(mean, 'fc1', size, squeezed)), 'fc2', squeezed, size)]);
  return graph.reshape(graph.mul(frames, graph.reshape(gate, [-1, 1, size])), [-1, size]);
}
