/** SigLIP's dual encoder. Source: transformers `models/siglip/modeling_siglip.py` (SiglipModel). */
import type { TextArchitecture, VisionArchitecture } from '../../models/bundleManifest.ts';
import { sliceRows } from '../checkpoint/weights.ts';
import { type AttentionStack, attentionLayers, attentionStack, feedForward } from './attentionLayers.ts';
import { plainAttention } from './plainAttention.ts';
import type { Scope } from './scope.ts';
import { textEmbeddings } from './textEmbeddings.ts';
import { visionTowerSiglip } from './visionTowerSiglip.ts';

/** pixel_values (B, 3, S, S) -> (B, C), by a head in which one learnt probe attends to all patches. */
export function siglipImageEmbeds(siglip: Scope, pixelValues: string, vision: VisionArchitecture): string {
  const tower = siglip.at('vision_model');
  const stack = attentionStack(vision, vision.tokensPerFrame);
  const hidden = visionTowerSiglip(tower, pixelValues, vision, vision.layers); // (B·P, C)
  return probeHead(tower.at('head'), tower.layerNorm('post_layernorm', hidden, stack), stack);
}

/** x (B·P, C) -> (B, C): attention of the probe, then x + mlp(norm(x)). */
function probeHead(head: Scope, x: string, stack: AttentionStack): string {
  const { graph } = head;
  const { width, heads, positions } = stack;
  const attention = head.at('attention');
  // nn.MultiheadAttention packs its three projections below one another: query, key, value.
  const packedWeight = attention.weight('in_proj_weight', [3 * width, width]);
  const packedBias = attention.weight('in_proj_bias', [3 * width]);
  const project = (from: string, part: number, name: string) => {
    const [first, end] = [part * width, (part + 1) * width];
    const weight = sliceRows(packedWeight, attention.nameOf(`${name}.weight`), first, end);
    return graph.linear(from, weight, sliceRows(packedBias, attention.nameOf(`${name}.bias`), first, end));
  };
  const probe = graph.floats(head.weight('probe', [1, 1, width]));
  const attended = plainAttention(graph, {
    query: project(graph.reshape(probe, [1, width]), 0, 'q_proj'), // one for all pictures
    key: project(x, 1, 'k_proj'),
    value: project(x, 2, 'v_proj'),
    positions: { query: 1, key: positions },
    width,
    heads,
  }); // (B, C)
  const out = attention.linear('out_proj', attended, [width, width]);
  return graph.add(out, feedForward(head.at('mlp'), head.layerNorm('layernorm', out, stack), stack));
}

/** input_ids (B, L) -> (B, E): every position sees every other, padding too; the last one speaks for the text. */
export function siglipTextEmbeds(
  siglip: Scope,
  inputIds: string,
  text: TextArchitecture,
  embeddingSize: number,
): string {
  const { graph } = siglip;
  const { width, maxLength, layers } = text;
  const half = siglip.at('text_model');
  const stack = attentionStack(text, maxLength);
  const embedded = textEmbeddings(half.at('embeddings'), inputIds, text);
  const hidden = attentionLayers(half.at('encoder').at('layers'), embedded, stack, layers);
  const normed = half.layerNorm('final_layer_norm', hidden, stack);
  const sequence = graph.reshape(normed, [-1, maxLength, width]);
  const last = graph.reshape(graph.slice(sequence, 1, maxLength - 1, maxLength), [-1, width]);
  return half.linear('head', last, [width, embeddingSize]);
}
