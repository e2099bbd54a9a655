/**
 * The language model: Qwen2, Mistral or Mixtral with a KV cache.
 * Sources: transformers `models/qwen2/modeling_qwen2.py`, `models/mistral/modeling_mistral.py`.
 * The cache stays the caller's: the graph reads it and gives the keys and values of the new positions.
 */
import type { KvCacheFormat, LanguageArchitecture } from '../../models/bundleManifest.ts';
import type { Weights } from '../checkpoint/weights.ts';
import { Graph, type WeightOptions } from '../onnx/graph.ts';
import { type CachedAttention, cachedAttention } from './cachedAttention.ts';
import { cachedPositions } from './cachedPositions.ts';
import { cachedLayer } from './kvCacheInputs.ts';
import { mixtralExperts } from './mixtralExperts.ts';
import { type NormSizes, Scope } from './scope.ts';

/** Layer i sees only this many positions back, itself among them, or all of them (null). */
export type AttentionWindow = (layer: number) => number | null;

const everyPositionBehind = 2 ** 31 - 1;

/**
 * decoder.onnx: inputs_embeds (1, s, D) and a cache of which `past_length` positions are filled
 * -> logits (1, V) of the last position, and the s new keys and values of every layer.
 */
export function decoderGraph(
  weights: Weights,
  language: LanguageArchitecture,
  { attentionWindow, kvCache }: { attentionWindow: AttentionWindow; kvCache: KvCacheFormat },
  options: WeightOptions,
): Graph {
  const graph = new Graph('decoder', options);
  const root = new Scope(graph, weights);
  const model = root.at('model');
  const { hiddenSize, kvHeads, headDim, vocabSize, layers } = language;
  const embeds = graph.input('inputs_embeds', 'float', [1, 'sequence', hiddenSize]);
  graph.input('past_length', 'int64', []);
  const positions = cachedPositions(graph, language);
  let hidden = graph.reshape(embeds, [-1, hiddenSize]); // (s, D)
  for (let i = 0; i < layers; i++) {
    const cache = cachedLayer(graph, language, kvCache, i);
    const attention = { layer: i, isLast: i === layers - 1, positions, cache, window: attentionWindow(i) };
    hidden = decoderLayer(model.at('layers').at(i), hidden, language, attention);
  }
  const last = model.rmsNorm('norm', hidden, normOf(language)); // (1, D)
  const head = language.tieWordEmbeddings ? 'model.embed_tokens' : 'lm_head';
  root.linear(head, last, [hiddenSize, vocabSize], { bias: false, output: 'logits' });

  graph.output('logits', 'float', [1, vocabSize]);
  for (let i = 0; i < layers; i++)
    for (const part of ['key', 'value'])
      graph.output(`new_key_values.${i}.${part}`, 'float', [1, kvHeads, 'sequence', headDim]);
  return graph;
}

/** x (s, D) -> (s, D); of the last layer (1, D). */
function decoderLayer(
  layer: Scope,
  x: string,
  language: LanguageArchitecture,
  attention: CachedAttention & { isLast: boolean },
): string {
  const { graph } = layer;
  const normed = layer.rmsNorm('input_layernorm', x, normOf(language));
  const attended = cachedAttention(layer.at('self_attn'), normed, language, attention); // (s, heads · d)
  // Only the last position is asked for: behind the last cache nothing else needs computing.
  const [rows, before] = attention.isLast ? [lastRow(graph, attended), lastRow(graph, x)] : [attended, x];
  const sizes: [number, number] = [language.heads * language.headDim, language.hiddenSize];
  const middle = graph.add(before, layer.at('self_attn').linear('o_proj', rows, sizes, { bias: false }));
  const normedAgain = layer.rmsNorm('post_attention_layernorm', middle, normOf(language));
  const fed = language.experts
    ? mixtralExperts(layer.at('block_sparse_moe'), normedAgain, language)
    : gatedMlp(layer.at('mlp'), normedAgain, language);
  return graph.add(middle, fed);
}

/** down(silu(gate(x)) · up(x)): (R, D) -> (R, D). */
function gatedMlp(layer: Scope, x: string, { hiddenSize, intermediateSize }: LanguageArchitecture): string {
  const { graph } = layer;
  const up = (name: string) => layer.linear(name, x, [hiddenSize, intermediateSize], { bias: false });
  const gated = graph.mul(graph.silu(up('gate_proj')), up('up_proj'));
  return layer.linear('down_proj', gated, [intermediateSize, hiddenSize], { bias: false });
}

function normOf({ hiddenSize, rmsNormEps }: LanguageArchitecture): NormSizes {
  return { width: hiddenSize, epsilon: rmsNormEps };
}

function lastRow(graph: Graph, x: string): string {
  return graph.slice(x, 0, -1, everyPositionBehind);
}
