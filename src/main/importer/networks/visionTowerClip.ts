/** CLIP's vision tower. Source: transformers `models/clip/modeling_clip.py`, CLIPVisionTransformer. */
import type { VisionArchitecture } from '../../core/model/bundleManifest.ts';
import { reshapeRows, type Weights } from '../checkpoint/weights.ts';
import type { Graph } from '../onnx/graph.ts';
import { attentionLayers, layerNorm, layerStyle } from './attentionLayers.ts';

/** pixel_values (T, 3, S, S) -> hidden states (T·(1 + P), C) after `lastLayer` layers; the class token stands first. */
export function visionTowerClip(
  graph: Graph,
  weights: Weights,
  pixelValues: string,
  vision: VisionArchitecture,
  prefix: string,
  lastLayer: number,
): string {
  const { width, patchSize, tokensPerFrame } = vision;
  const embeddings = `${prefix}embeddings.`;
  const patches = graph.op(
    'Conv',
    [pixelValues, graph.tensor(weights.get(`${embeddings}patch_embedding.weight`, [width, 3, patchSize, patchSize]))],
    { kernel_shape: [patchSize, patchSize], strides: [patchSize, patchSize] },
  ); // (T, C, g, g)
  const sequence = graph.transpose(graph.reshape(patches, [0, width, -1]), [0, 2, 1]); // (T, P, C)
  const classToken = graph.floats(reshapeRows(weights.get(`${embeddings}class_embedding`, [width]), [1, 1, width]));
  const frames = graph.op('Shape', [pixelValues], { start: 0, end: 1 });
  const perFrame = graph.op('Concat', [frames, graph.ints([1, width])], { axis: 0 });
  const classTokens = graph.op('Expand', [classToken, perFrame]); // (T, 1, C)
  const tokens = graph.op('Concat', [classTokens, sequence], { axis: 1 }); // (T, 1 + P, C)
  const positions = weights.get(`${embeddings}position_embedding.weight`, [1 + tokensPerFrame, width]);
  const rows = graph.reshape(graph.add(tokens, graph.floats(positions)), [-1, width]); // (T·(1 + P), C)
  const normed = layerNorm(graph, weights, rows, `${prefix}pre_layrnorm`, vision);
  const stack = {
    prefix: `${prefix}encoder.layers.`,
    width,
    intermediateSize: vision.intermediateSize,
    heads: vision.heads,
    positions: 1 + tokensPerFrame,
    ...layerStyle(vision),
    causal: false,
  };
  return attentionLayers(graph, weights, normed, stack, lastLayer);
}
