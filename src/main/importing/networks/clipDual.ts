/** CLIP's dual encoder. Source: transformers `models/clip/modeling_clip.py` (CLIPModel). */
import type { TextArchitecture, VisionArchitecture } from '../../models/bundleManifest.ts';
import { dataTypes } from '../../models/onnxProto.ts';
import type { Graph } from '../onnx/graph.ts';
import { attentionLayers, attentionStack } from './attentionLayers.ts';
import type { Scope } from './scope.ts';
import { textEmbeddings } from './textEmbeddings.ts';
import { visionTowerClip } from './visionTowerClip.ts';

/** pixel_values (B, 3, S, S) -> (B, E), from the class token. */
export function clipImageEmbeds(
  clip: Scope,
  pixelValues: string,
  vision: VisionArchitecture,
  embeddingSize: number,
): string {
  const { graph } = clip;
  const { width, tokensPerFrame } = vision;
  const tower = clip.at('vision_model');
  const hidden = visionTowerClip(tower, pixelValues, vision, vision.layers);
  const tokens = graph.reshape(hidden, [-1, 1 + tokensPerFrame, width]);
  const classToken = graph.reshape(graph.slice(tokens, 1, 0, 1), [-1, width]); // (B, C)
  const normed = tower.layerNorm('post_layernorm', classToken, attentionStack(vision, 1 + tokensPerFrame));
  return clip.linear('visual_projection', normed, [width, embeddingSize], { bias: false });
}

/** input_ids (B, L) -> (B, E), from the end-of-text token; every position sees those before it. */
export function clipTextEmbeds(clip: Scope, inputIds: string, text: TextArchitecture, embeddingSize: number): string {
  const { graph } = clip;
  const { width, maxLength, layers } = text;
  const half = clip.at('text_model');
  const stack = attentionStack(text, maxLength, true);
  const embedded = textEmbeddings(half.at('embeddings'), inputIds, text);
  const hidden = attentionLayers(half.at('encoder').at('layers'), embedded, stack, layers);
  const normed = half.layerNorm('final_layer_norm', hidden, stack);
  const ends = endOfText(graph, inputIds, text); // (B)
  const sequence = graph.reshape(normed, [-1, maxLength, width]);
  const spoken = graph.op('GatherND', [sequence, graph.reshape(ends, [-1, 1])], { batch_dims: 1 }); // (B, C)
  return clip.linear('text_projection', spoken, [width, embeddingSize], { bias: false });
}

/** The first place of the end-of-text token, or of the highest id, which is that token in the first checkpoints. */
function endOfText(graph: Graph, inputIds: string, text: TextArchitecture): string {
  const marks =
    text.eosTokenId === null
      ? inputIds
      : graph.op('Cast', [graph.op('Equal', [inputIds, graph.ints([text.eosTokenId], [])])], { to: dataTypes.int32 });
  const small = text.eosTokenId === null ? graph.op('Cast', [marks], { to: dataTypes.int32 }) : marks;
  return graph.op('ArgMax', [small], { axis: 1, keepdims: 0 });
}
