/** SigLIP's dual encoder. Source: transformers `models/siglip/modeling_siglip.py` (SiglipModel). */
import type { TextArchitecture, VisionArchitecture } from '../../core/model/bundleManifest.ts';
import { sliceRows, type Weights } from '../checkpoint/weights.ts';
import type { Graph } from '../onnx/graph.ts';
import { attentionLayers, feedForward, layerNorm, layerStyle } from './attentionLayers.ts';
import { plainAttention } from './plainAttention.ts';
import { textEmbeddings } from './textEmbeddings.ts';
import { visionTowerSiglip } from './visionTowerSiglip.ts';

/** pixel_values (B, 3, S, S) -> (B, C), by a head in which one learnt probe attends to all patches. */
export function siglipImageEmbeds(
  graph: Graph,
  weights: Weights,
  pixelValues: string,
  vision: VisionArchitecture,
): string {
  const { tokensPerFrame } = vision;
  const hidden = visionTowerSiglip(graph, weights, pixelValues, vision, 'vision_model.', vision.layers); // (B·P, C)
  const normed = layerNorm(graph, weights, hidden, 'vision_model.post_layernorm', vision);
  return probeHead(graph, weights, normed, vision, tokensPerFrame, 'vision_model.head.');
}

/** x (B·P, C) -> (B, C): attention of the probe, then x + mlp(norm(x)). */
function probeHead(
  graph: Graph,
  weights: Weights,
  x: string,
  vision: VisionArchitecture,
  positions: number,
  prefix: string,
): string {
  const { width, intermediateSize, heads } = vision;
  // nn.MultiheadAttention packs its three projections below one another: query, key, value.
  const packedWeight = weights.get(`${prefix}attention.in_proj_weight`, [3 * width, width]);
  const packedBias = weights.get(`${prefix}attention.in_proj_bias`, [3 * width]);
  const project = (from: string, part: number, name: string) => {
    const [first, end] = [part * width, (part + 1) * width];
    const weight = sliceRows(packedWeight, `${prefix}attention.${name}.weight`, first, end);
    return graph.linear(from, weight, sliceRows(packedBias, `${prefix}attention.${name}.bias`, first, end));
  };
  const probe = graph.floats(weights.get(`${prefix}probe`, [1, 1, width]));
  const attended = plainAttention(graph, {
    query: project(graph.reshape(probe, [1, width]), 0, 'q_proj'), // one for all pictures
    key: project(x, 1, 'k_proj'),
    value: project(x, 2, 'v_proj'),
    positions: { query: 1, key: positions },
    width,
    heads,
  }); // (B, C)
  const out = graph.linear(
    attended,
    weights.get(`${prefix}attention.out_proj.weight`, [width, width]),
    weights.get(`${prefix}attention.out_proj.bias`, [width]),
  );
  const normed = layerNorm(graph, weights, out, `${prefix}layernorm`, vision);
  const sizes = { width, intermediateSize, activation: layerStyle(vision).activation };
  return graph.add(out, feedForward(graph, weights, normed, sizes, `${prefix}mlp.`));
}

/** input_ids (B, L) -> (B, E): every position sees every other, padding too; the last one speaks for the text. */
export function siglipTextEmbeds(
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
    causal: false,
  };
  const hidden = attentionLayers(graph, weights, textEmbeddings(graph, weights, inputIds, text), stack, layers);
  const normed = layerNorm(graph, weights, hidden, 'text_model.final_layer_norm', text);
  const sequence = graph.reshape(normed, [-1, maxLength, width]);
  const last = graph.reshape(graph.slice(sequence, 1, maxLength - 1, maxLength), [-1, width]);
  return graph.linear(
    last,
    weights.get('text_model.head.weight', [embeddingSize, width]),
    weights.get('text_model.head.bias', [embeddingSize]),
  );
}
