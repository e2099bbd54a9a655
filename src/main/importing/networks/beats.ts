/**
 * BEATs, the audio tower. Source: microsoft/unilm `beats/BEATs.py` and `beats/backbone.py`.
 * Patches of the fbank, a convolutional position, then post-norm layers with DeepNorm and a relative
 * position bias that every query gates for itself.
 */
import { computedWeight, readAll, reshapeRows, type Weights } from '../checkpoint/weights.ts';
import { Graph, type WeightOptions } from '../onnx/graph.ts';
import { relativePositionBuckets } from './relativePositionBuckets.ts';
import { Scope } from './scope.ts';

export interface BeatsSizes {
  patchSize: number;
  /** Width of the patches before the projection to the layers' width. */
  embedDim: number;
  width: number;
  intermediateSize: number;
  layers: number;
  heads: number;
  convPos: number;
  convPosGroups: number;
  numBuckets: number;
  maxDistance: number;
  /** α of every residual: DeepNorm's (2 · layers)^(1/4), or 1 without it. */
  residualScale: number;
}

export const melBins = 128;
const epsilon = 1e-5;
/** grep_linear gives eight values per head: two gates, each a sum of four. */
const gateValues = 8;

/** audio.onnx: fbank (1, F, 128) -> audio_features (N, C), N = floor(F / patch) · floor(128 / patch), time first. */
export function beatsGraph(weights: Weights, sizes: BeatsSizes, options: WeightOptions): Graph {
  const graph = new Graph('audio', options);
  const tower = new Scope(graph, weights, 'model.audio_tower.');
  const encoder = tower.at('encoder');
  const { patchSize, embedDim, width, layers } = sizes;
  const fbank = graph.input('fbank', 'float', [1, 'fbank_frames', melBins]);
  const image = graph.reshape(fbank, [1, 1, -1, melBins]);
  const strides = [patchSize, patchSize];
  const patches = tower.conv('patch_embedding', image, [embedDim, 1, patchSize, patchSize], { strides }); // (1, E, F / p, 128 / p)
  const rows = graph.transpose(graph.reshape(patches, [embedDim, -1]), [1, 0]); // (N, E)
  const normed = tower.layerNorm('layer_norm', rows, { width: embedDim, epsilon });
  // Where both widths are equal the reference leaves the projection out.
  const isProjected = embedDim !== width || tower.has('post_extract_proj.weight');
  const projected = isProjected ? tower.linear('post_extract_proj', normed, [embedDim, width]) : normed;
  const placed = graph.add(projected, convolutionalPosition(encoder.at('pos_conv').at(0), projected, sizes));
  let hidden = encoder.layerNorm('layer_norm', placed, { width, epsilon }); // (N, C)
  const bias = positionBias(encoder.at('layers').at(0).at('self_attn'), hidden, sizes);
  for (let i = 0; i < layers; i++) {
    const output = i === layers - 1 ? 'audio_features' : undefined;
    hidden = encoderLayer(encoder.at('layers').at(i), hidden, bias, { ...sizes, output });
  }
  graph.output('audio_features', 'float', ['tokens', width]);
  return graph;
}

/** Post-norm: norm(α·x + f(x)). */
function encoderLayer(layer: Scope, x: string, bias: string, sizes: BeatsSizes & { output?: string }): string {
  const { graph } = layer;
  const { width, intermediateSize } = sizes;
  const norm = { width, epsilon };
  const alpha = graph.scalar(sizes.residualScale);
  const residual = (from: string, change: string) => graph.add(graph.mul(from, alpha), change);
  const attended = residual(x, selfAttention(layer.at('self_attn'), x, bias, sizes));
  const middle = layer.layerNorm('self_attn_layer_norm', attended, norm);
  const inner = graph.op('Gelu', [layer.linear('fc1', middle, [width, intermediateSize])]);
  const fed = residual(middle, layer.linear('fc2', inner, [intermediateSize, width]));
  return layer.layerNorm('final_layer_norm', fed, norm, sizes.output);
}

/**
 * softmax(q · kᵀ / √d + gate · bias) · v: (N, C) -> (N, C). In plain operators: MultiHeadAttention of the WebGPU
 * provider (ONNX Runtime 1.30) gives other numbers than the CPU's when it gets a bias.
 */
function selfAttention(attention: Scope, x: string, bias: string, sizes: BeatsSizes): string {
  const { graph } = attention;
  const { width, heads } = sizes;
  const headDim = headDimOf(sizes);
  const project = (name: string) => graph.reshape(attention.linear(name, x, [width, width]), [-1, heads, headDim]); // (N, H, d)
  const query = graph.transpose(project('q_proj'), [1, 0, 2]); // (H, N, d), not scaled: the gate reads it so
  const key = graph.transpose(project('k_proj'), [1, 2, 0]); // (H, d, N)
  const value = graph.transpose(project('v_proj'), [1, 0, 2]); // (H, N, d)
  const scores = graph.op('MatMul', [graph.mul(query, graph.scalar(headDim ** -0.5)), key]); // (H, N, N)
  const gated = graph.mul(gate(attention, query, sizes), bias); // (H, N, N)
  const shares = graph.op('Softmax', [graph.add(scores, gated)], { axis: -1 });
  const attended = graph.transpose(graph.op('MatMul', [shares, value]), [1, 0, 2]); // (N, H, d)
  return attention.linear('out_proj', graph.reshape(attended, [-1, width]), [width, width]);
}

/** gate_a · (gate_b · grep_a - 1) + 2 for every head and query: (H, N, d) -> (H, N, 1). */
function gate(attention: Scope, query: string, sizes: BeatsSizes): string {
  const { graph } = attention;
  const { heads } = sizes;
  const headDim = headDimOf(sizes);
  const rows = graph.reshape(query, [-1, headDim]);
  const linear = attention.linear('grep_linear', rows, [headDim, gateValues], { exact: true }); // (H·N, 8)
  const fours = graph.reshape(linear, [heads, -1, 2, gateValues / 2]);
  const gates = graph.op('Sigmoid', [graph.op('ReduceSum', [fours, graph.ints([-1])], { keepdims: 0 })]); // (H, N, 2)
  const [a, b] = [graph.slice(gates, 2, 0, 1), graph.slice(gates, 2, 1, 2)];
  const strength = reshapeRows(attention.weight('grep_a', [1, heads, 1, 1]), [heads, 1, 1]);
  const scaled = graph.mul(b, graph.floats(strength));
  return graph.add(graph.mul(a, graph.op('Sub', [scaled, graph.scalar(1)])), graph.scalar(2));
}

/** The bias of every pair of positions, from layer 0's table: (H, N, N). Any N works: far positions share a bucket. */
function positionBias(attention: Scope, rows: string, sizes: BeatsSizes): string {
  const { graph } = attention;
  const { heads, numBuckets, maxDistance } = sizes;
  const stored = attention.weight('relative_attention_bias.weight', [numBuckets, heads]);
  const distances = 2 * maxDistance + 1;
  const buckets = relativePositionBuckets(numBuckets, maxDistance);
  const table = computedWeight('relative_position_table', [heads, distances], async () => {
    const values = await readAll(stored); // (buckets, H)
    const byDistance = new Float32Array(heads * distances);
    buckets.forEach((bucket, distance) => {
      for (let h = 0; h < heads; h++) byDistance[h * distances + distance] = values[bucket * heads + h] as number;
    });
    return byDistance;
  });
  const count = graph.op('Shape', [rows], { start: 0, end: 1 });
  const none = graph.ints([0], []);
  const places = graph.op('Range', [none, graph.reshape(count, []), graph.ints([1], [])]); // (N)
  const distance = graph.op('Sub', [graph.reshape(places, [1, -1]), graph.reshape(places, [-1, 1])]); // key - query
  const clipped = graph.op('Clip', [distance, graph.ints([-maxDistance], []), graph.ints([maxDistance], [])]);
  const index = graph.add(clipped, graph.ints([maxDistance]));
  return graph.op('Gather', [graph.floats(table), index], { axis: 1 });
}

/** gelu(conv(x)), a wide grouped convolution over time with "same" padding: (N, C) -> (N, C). */
function convolutionalPosition(layer: Scope, x: string, sizes: BeatsSizes): string {
  const { graph } = layer;
  const { width, convPos: kernel, convPosGroups: groups } = sizes;
  const direction = layer.weight('weight_v', [width, Math.floor(width / groups), kernel]);
  const length = layer.weight('weight_g', [1, 1, kernel]);
  // Weight norm over dimension 2: w = g · v / sqrt(Σ v² + 1e-6), the sum over everything but the kernel's places.
  const weight = computedWeight(layer.nameOf('weight'), direction.shape, async () => {
    const [v, g] = [await readAll(direction), await readAll(length)];
    const sums = new Float64Array(kernel);
    v.forEach((value, i) => {
      sums[i % kernel] = (sums[i % kernel] as number) + value * value;
    });
    return v.map((value, i) => (value * (g[i % kernel] as number)) / Math.sqrt((sums[i % kernel] as number) + 1e-6));
  });
  const convolved = graph.op(
    'Conv',
    [
      graph.reshape(graph.transpose(x, [1, 0]), [1, width, -1]),
      graph.tensor(weight),
      graph.floats(layer.weight('bias', [width])),
    ],
    // The reference pads kernel / 2 on both sides and drops the surplus at the end.
    { kernel_shape: [kernel], pads: [Math.floor(kernel / 2), Math.floor((kernel - 1) / 2)], group: groups },
  );
  return graph.transpose(graph.reshape(graph.op('Gelu', [convolved]), [width, -1]), [1, 0]);
}

/** Where the width is no multiple of the heads, that is a problem already, and planning goes on. */
function headDimOf({ width, heads }: BeatsSizes): number {
  return Math.floor(width / heads);
}
