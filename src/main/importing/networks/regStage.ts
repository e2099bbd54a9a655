/**
 * timm's RegStage with the reference's settings: bottleneck ratio 1, group size 1, squeeze-excite 0.25,
 * LayerNorm2d, SiLU. Source: timm `models/regnet.py` (Bottleneck, RegStage), `layers/norm_act.py`.
 * Works on rows (T·h·w, C): a 1×1 convolution is a linear layer and LayerNorm2d a norm of rows.
 */
import type { Scope } from './scope.ts';

/** LayerNormAct2d's default, of every norm in the stage. */
const epsilon = 1e-5;
const squeezeRatio = 0.25;

export interface Grid {
  height: number;
  width: number;
}

export interface StageSizes {
  inSize: number;
  outSize: number;
  grid: Grid;
}

/** x (T·h·w, in) -> (T·h·w, out). */
export function regStage(stage: Scope, x: string, depth: number, sizes: StageSizes): string {
  const { inSize, outSize, grid } = sizes;
  let hidden = x;
  for (let i = 1; i <= depth; i++)
    hidden = bottleneck(stage.at(`b${i}`), hidden, { inSize: i === 1 ? inSize : outSize, outSize, grid });
  return hidden;
}

function bottleneck(block: Scope, x: string, { inSize, outSize, grid }: StageSizes): string {
  const { graph } = block;
  const norm = (name: string, from: string) => block.at(name).layerNorm('bn', from, { width: outSize, epsilon });
  const pointwise = (name: string, from: string, size: number) =>
    norm(name, block.at(name).pointwise('conv', from, [size, outSize], { bias: false }));
  const first = graph.silu(pointwise('conv1', x, inSize));
  const second = graph.silu(norm('conv2', depthwise(block.at('conv2'), first, outSize, grid)));
  const squeezed = roundHalfToEven(inSize * squeezeRatio);
  const excited = squeezeExcite(block.at('se'), second, [outSize, squeezed], grid);
  const third = pointwise('conv3', excited, outSize);
  const shortcut = inSize === outSize ? x : pointwise('downsample', x, inSize);
  return graph.silu(graph.add(third, shortcut));
}

/** 3×3, one filter per channel, padding 1. */
function depthwise(layer: Scope, x: string, size: number, grid: Grid): string {
  const { graph } = layer;
  const image = graph.transpose(graph.reshape(x, [-1, grid.height, grid.width, size]), [0, 3, 1, 2]); // (T, C, h, w)
  const convolved = layer.conv('conv', image, [size, 1, 3, 3], { pads: [1, 1, 1, 1], group: size });
  return graph.reshape(graph.transpose(convolved, [0, 2, 3, 1]), [-1, size]); // (T·h·w, C)
}

/** Python's `round`, which timm uses: halves go to the even neighbour. */
function roundHalfToEven(value: number): number {
  const floor = Math.floor(value);
  return value - floor === 0.5 ? floor + (floor % 2) : Math.round(value);
}

/** Scales every channel of a frame by a gate that sees the frame's mean. */
function squeezeExcite(se: Scope, x: string, [size, squeezed]: [number, number], grid: Grid): string {
  const { graph } = se;
  const frames = graph.reshape(x, [-1, grid.height * grid.width, size]); // (T, h·w, C)
  const mean = graph.op('ReduceMean', [frames, graph.ints([1])], { keepdims: 0 }); // (T, C)
  const inner = graph.silu(se.pointwise('fc1', mean, [size, squeezed], { exact: true }));
  const gate = graph.op('Sigmoid', [se.pointwise('fc2', inner, [squeezed, size], { exact: true })]);
  return graph.reshape(graph.mul(frames, graph.reshape(gate, [-1, 1, size])), [-1, size]);
}
