/** SigLIP's vision tower. Source: transformers `models/siglip/modeling_siglip.py`, SiglipVisionTransformer. */
import type { VisionArchitecture } from '../../models/bundleManifest.ts';
import { attentionLayers, attentionStack } from './attentionLayers.ts';
import type { Scope } from './scope.ts';

/** pixel_values (T, 3, S, S) -> hidden states (T·P, C) after `lastLayer` layers, before any final norm. */
export function visionTowerSiglip(
  tower: Scope,
  pixelValues: string,
  vision: VisionArchitecture,
  lastLayer: number,
): string {
  const { graph } = tower;
  const { width, patchSize, tokensPerFrame } = vision;
  const embeddings = tower.at('embeddings');
  const patches = embeddings.conv('patch_embedding', pixelValues, [width, 3, patchSize, patchSize], {
    strides: [patchSize, patchSize],
    bias: true,
  }); // (T, C, g, g)
  const sequence = graph.transpose(graph.reshape(patches, [0, width, -1]), [0, 2, 1]); // (T, P, C)
  const positions = embeddings.weight('position_embedding.weight', [tokensPerFrame, width]);
  const rows = graph.reshape(graph.add(sequence, graph.floats(positions)), [-1, width]); // (T·P, C)
  return attentionLayers(tower.at('encoder').at('layers'), rows, attentionStack(vision, tokensPerFrame), lastLayer);
}
