/** CLIP's dual encoder. Source: transformers `models/clip/modeling_clip.py` (CLIPModel). */
import type { TextArchitecture, VisionArchitecture } from '../../core/model/bundleManifest.ts';
import type { Weights } from '../checkpoint/weights.ts';
import type { Graph } from '../onnx/graph.ts';
import { dataTypes } from '../onnx/onnxProto.ts';
import { attentionLayers, layerNorm, layerStyle } from './attentionLayers.ts';
import { textEmbeddings } from './textEmbeddings.ts';
import { visionTowerClip } from './visionTowerClip.ts';

/** pixel_values (B, 3, S, S) -> (B, E), from the class token. */
export function clipImageEmbeds(
  graph: Graph,
  weights: Weights,
  pixelValues: string,
  vision: VisionArchitecture,
  embeddingSize: number,
): string {
  const { width, tokensPerFrame } = vision;
  const hidden = visionTowerClip(graph, weights, pixelValues, vision, 'vision_model.', vision.layers);
  const tokens = graph.reshape(hidden, [-1, 1 + tokensPerFrame, width]);
  const classToken = graph.reshape(graph.slice(tokens, 1, 0, 1), [-1, width]); // (B, C)
  const normed = layerNorm(graph, weights, classToken, 'vision_model.post_layernorm', vision);
  return graph.linear(normed, weights.get('visual_projection.weight', [embeddingSize, width]), null);
}

/** input_ids (B, L) -> (B, E), from the end-of-text token; every position sees those before it. */
export function clipTextEmbeds(
  graph: Graph,
  weights: Weights,
  inputIds: string,
  text: TextArchitecture,
  embeddingSize: number,
): string {
  const { width, maxLength, layers } = text;
  const stack = {
    prefix: 'text_model.encoder.layers.',
    width,
    intermediateSize: text.intermediateSize,
    heads: text.heads,
    positions: maxLength,
    ...layerStyle(text),
    causal: true,
  };
  const hidden = attentionLayers(graph, weights, textEmbeddings(graph, weights, inputIds, text), stack, layers);
  const normed = layerNorm(graph, weights, hidden, 'text_model.final_layer_norm', text);
  const ends = endOfText(graph, inputIds, text); // (B)
  const sequence = graph.reshape(normed, [-1, maxLength, width]);
  const spoken = graph.op('GatherND', [sequence, graph.reshape(ends, [-1, 1])], { batch_dims: 1 }); // (B, C)
  return graph.linear(spoken, weights.get('text_projection.weight', [embeddingSize, width]), null);
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
