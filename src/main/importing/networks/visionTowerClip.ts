/** CLIP's vision tower. Source: transformers `models/clip/modeling_clip.py`, CLIPVisionTransformer. */
import type { VisionArchitecture } from '../../models/bundleManifest.ts';
import { reshapeRows } from '../checkpoint/weights.ts';
import { attentionLayers, attentionStack } from './attentionLayers.ts';
import type { Scope } from './scope.ts';

/** pixel_values (T, 3, S, S) -> hidden states (T·(1 + P), C) after `lastLayer` layers; the class token stands first. */
export function visionTowerClip(
  tower: Scope,
  pixelValues: string,
  vision: VisionArchitecture,
  lastLayer: number,
): string {
  const { graph } = tower;
  const { width, patchSize, tokensPerFrame } = vision;
  const embeddings = tower.at('embeddings');
  const shape = [width, 3, patchSize, patchSize];
  const patches = embeddings.conv('patch_embedding', pixelValues, shape, { strides: [patchSize, patchSize] }); // (T, C, g, g)
  const sequence = graph.transpose(graph.reshape(patches, [0, width, -1]), [0, 2, 1]); // (T, P, C)
  const classToken = graph.floats(reshapeRows(embeddings.weight('class_embedding', [width]), [1, 1, width]));
  const frames = graph.op('Shape', [pixelValues], { start: 0, end: 1 });
  const perFrame = graph.op('Concat', [frames, graph.ints([1, width])], { axis: 0 });
  const classTokens = graph.op('Expand', [classToken, perFrame]); // (T, 1, C)
  const tokens = graph.op('Concat', [classTokens, sequence], { axis: 1 }); // (T, 1 + P, C)
  const positions = embeddings.weight('position_embedding.weight', [1 + tokensPerFrame, width]);
  const rows = graph.reshape(graph.add(tokens, graph.floats(positions)), [-1, width]); // (T·(1 + P), C)
  const stack = attentionStack(vision, 1 + tokensPerFrame);
  const normed = tower.layerNorm('pre_layrnorm', rows, stack);
  return attentionLayers(tower.at('encoder').at('layers'), normed, stack, lastLayer);
}
