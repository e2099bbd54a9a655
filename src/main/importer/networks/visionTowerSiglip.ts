/** SigLIP's vision tower. Source: transformers `models/siglip/modeling_siglip.py`, SiglipVisionTransformer. */
import type { VisionArchitecture } from '../../core/model/bundleManifest.ts';
import type { Weights } from '../checkpoint/weights.ts';
import type { Graph } from '../onnx/graph.ts';
import { type AttentionStack, attentionLayers, layerStyle } from './attentionLayers.ts';

/** pixel_values (T, 3, S, S) -> hidden states (T·P, C) after `lastLayer` layers, before any final norm. */
export function visionTowerSiglip(
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
    [
      pixelValues,
      graph.tensor(weights.get(`${embeddings}patch_embedding.weight`, [width, 3, patchSize, patchSize])),
      graph.floats(weights.get(`${embeddings}patch_embedding.bias`, [width])),
    ],
    { kernel_shape: [patchSize, patchSize], strides: [patchSize, patchSize] },
  ); // (T, C, g, g)
  const sequence = graph.transpose(graph.reshape(patches, [0, width, -1]), [0, 2, 1]); // (T, P, C)
  const positions = weights.get(`${embeddings}position_embedding.weight`, [tokensPerFrame, width]);
  const rows = graph.reshape(graph.add(sequence, graph.floats(positions)), [-1, width]); // (T·P, C)
  return attentionLayers(graph, weights, rows, siglipVisionStack(vision, prefix), lastLayer);
}

export function siglipVisionStack(vision: VisionArchitecture, prefix: string): AttentionStack {
  return {
    prefix: `${prefix}encoder.layers.`,
    width: vision.width,
    intermediateSize: vision.intermediateSize,
    heads: vision.heads,
    positions: vision.tokensPerFrame,
    ...layerStyle(vision),
    causal: false,
  };
}
