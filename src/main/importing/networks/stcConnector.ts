/**
 * The spatial-temporal connectors: a stage per frame, a sampler over time and space, a stage per new frame, an MLP.
 * Source: VideoLLaMA2 `model/projector.py` (STCConnector, STCConnectorV35, STPConnector, SpatialConv, SpatialPool).
 */
import type { ConnectorType } from '../../models/bundleManifest.ts';
import { type TokenWindow, tokenWindows, windowsOf } from '../../models/videoTokens.ts';
import { mapRows, type Weights } from '../checkpoint/weights.ts';
import { Graph, type WeightOptions } from '../onnx/graph.ts';
import { mlp } from './mlp.ts';
import { type Grid, regStage, type StageSizes } from './regStage.ts';
import { Scope } from './scope.ts';

interface Sampler extends TokenWindow {
  kind: 'conv' | 'average';
  staged: boolean;
}

export const samplers: Partial<Record<ConnectorType, Sampler>> = {
  stc_connector: { ...tokenWindows.stc_connector, kind: 'conv', staged: true },
  stc_connector_v35: { ...tokenWindows.stc_connector_v35, kind: 'conv', staged: true },
  stp_connector: { ...tokenWindows.stp_connector, kind: 'average', staged: true },
  spatial_conv: { ...tokenWindows.spatial_conv, kind: 'conv', staged: false },
  spatial_pool: { ...tokenWindows.spatial_pool, kind: 'average', staged: false },
};

/** Blocks per stage: the reference has no setting for it. */
const stageDepth = 4;

export interface ConnectorSizes {
  inSize: number;
  outSize: number;
  /** Patches per side. */
  grid: number;
}

/** connector.onnx: vision_features (T, P, C) -> video_tokens (L, D). */
export function stcConnector(weights: Weights, sampler: Sampler, sizes: ConnectorSizes, options: WeightOptions): Graph {
  const graph = new Graph('connector', options);
  const projector = new Scope(graph, weights, 'model.mm_projector.');
  const { inSize, outSize, grid } = sizes;
  const features = graph.input('vision_features', 'float', ['frames', grid * grid, inSize]);
  const before: Grid = { height: grid, width: grid };
  const after = sampledGrid(sampler, before);

  const rows = graph.reshape(features, [-1, inSize]); // (T·h·w, C)
  const stage = (name: string, x: string, of: StageSizes) =>
    sampler.staged ? regStage(projector.at(name), x, stageDepth, of) : x;
  const first = stage('s1', rows, { inSize, outSize, grid: before });
  const width = sampler.staged ? outSize : inSize;
  const taken = downsample(projector, first, sampler, { inSize: width, outSize, grid: before });
  const sampled = graph.silu(taken); // (T'·h'·w', D)
  const second = stage('s2', sampled, { inSize: outSize, outSize, grid: after });
  mlp(projector.at('readout'), second, [outSize, outSize], 'video_tokens');
  graph.output('video_tokens', 'float', ['tokens', outSize]);
  return graph;
}

function sampledGrid(sampler: Sampler, { height, width }: Grid): Grid {
  const [, kh, kw] = sampler.kernel;
  return { height: windowsOf(height, kh, sampler), width: windowsOf(width, kw, sampler) };
}

/**
 * The strided Conv3d or AvgPool3d: since windows never overlap, each becomes one row, and the convolution a linear
 * layer (faster than Conv3d on every provider, and quantisable). (T·h·w, in) -> (T'·h'·w', out).
 */
function downsample(projector: Scope, x: string, sampler: Sampler, { inSize, outSize, grid }: StageSizes): string {
  const { graph } = projector;
  const [kt, kh, kw] = sampler.kernel;
  const after = sampledGrid(sampler, grid);
  const volume = whole(graph, graph.reshape(x, [-1, grid.height, grid.width, inSize]), sampler, after);
  const split = graph.reshape(volume, [-1, kt, after.height, kh, after.width, kw, inSize]);
  if (sampler.kind === 'average')
    return graph.reshape(graph.op('ReduceMean', [split, graph.ints([1, 3, 5])], { keepdims: 0 }), [-1, inSize]);
  const patches = graph.reshape(graph.transpose(split, [0, 2, 4, 1, 3, 5, 6]), [-1, kt * kh * kw * inSize]);
  const weight = projector.weight('sampler.0.weight', [outSize, inSize, kt, kh, kw]);
  const window = kt * kh * kw;
  // One row (in, kt·kh·kw) becomes (kt·kh·kw, in), the order of the patches' values.
  const reordered = mapRows(weight, [outSize, window * inSize], (row) => {
    const turned = new Float32Array(row.length);
    for (let c = 0; c < inSize; c++)
      for (let k = 0; k < window; k++) turned[k * inSize + c] = row[c * window + k] as number;
    return turned;
  });
  return graph.linear(patches, reordered, projector.weight('sampler.0.bias', [outSize]));
}

/** (T, h, w, C), padded with zeros on every side and cut to whole windows. */
function whole(graph: Graph, x: string, { kernel, padding: p }: Sampler, after: Grid): string {
  const [kt, kh, kw] = kernel;
  let volume = p === 0 ? x : graph.op('Pad', [x, graph.ints([p, p, p, 0, p, p, p, 0])]);
  volume = graph.slice(volume, 1, 0, after.height * kh);
  volume = graph.slice(volume, 2, 0, after.width * kw);
  if (kt === 1) return volume;
  const frames = graph.op('Shape', [volume], { start: 0, end: 1 });
  const end = graph.mul(graph.op('Div', [frames, graph.ints([kt])]), graph.ints([kt]));
  return graph.op('Slice', [volume, graph.ints([0]), end, graph.ints([0])]);
}
