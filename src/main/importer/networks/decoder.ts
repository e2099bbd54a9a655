/**
 * The language model: Qwen2, Mistral or Mixtral with a KV cache.
 * Sources: transformers `models/qwen2/modeling_qwen2.py`, `models/mistral/modeling_mistral.py`.
 * The cache stays the caller's: the graph reads it and gives the keys and values of the new positions.
 */
import type { KvCacheFormat, LanguageArchitecture } from '../../core/model/bundleManifest.ts';
import type { Weights } from '../checkpoint/weights.ts';
import { Graph, type WeightOptions } from '../onnx/graph.ts';
import { cachedAttention } from './cachedAttention.ts';
import { cachedPositions } from './cachedPositions.ts';
import { cachedLayer } from './kvCacheInputs.ts';
import { mixtralExperts } from './mixtralExperts.ts';

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
  attentionWindow: AttentionWindow,
  options: WeightOptions,
  kvCache: KvCacheFormat,
): Graph {
  const graph = new Graph('decoder', options);
  const { hiddenSize, kvHeads, headDim, vocabSize, layers } = language;
  const embeds = graph.input('inputs_embeds', 'float', [1, 'sequence', hiddenSize]);
  graph.input('past_length', 'int64', []);
  const positions = cachedPositions(graph, language);
  let hidden = graph.reshape(embeds, [-1, hiddenSize]); // (s, D)
  for (let i = 0; i < layers; i++) {
    const prefix = `model.layers.${i}.`;
    const normed = rmsNorm(graph, weights, hidden, `${prefix}input_layernorm.weight`, language);
    let attended = cachedAttention(graph, weights, normed, language, {
      layer: i,
      positions,
      cache: cachedLayer(graph, language, kvCache, i),
      window: attentionWindow(i),
    }); // (s, heads · d)
    if (i === layers - 1) {
      // Only the last position is asked for: behind the last cache nothing else needs computing.
      attended = lastRow(graph, attended);
      hidden = lastRow(graph, hidden);
    }
    const weight = weights.get(`${prefix}self_attn.o_proj.weight`, [hiddenSize, language.heads * headDim]);
    hidden = graph.add(hidden, graph.linear(attended, weight, null));
    const normedAgain = rmsNorm(graph, weights, hidden, `${prefix}post_attention_layernorm.weight`, language);
    hidden = graph.add(
      hidden,
      language.experts
        ? mixtralExperts(graph, weights, normedAgain, language, `${prefix}block_sparse_moe.`)
        : gatedMlp(graph, weights, normedAgain, language, `${prefix}mlp.`),
    );
  }
  const head = language.tieWordEmbeddings ? 'model.embed_tokens.weight' : 'lm_head.weight';
  const last = rmsNorm(graph, weights, hidden, 'model.norm.weight', language); // (1, D)
  graph.linear(last, weights.get(head, [vocabSize, hiddenSize]), null, { output: 'logits' });

  graph.output('logits', 'float', [1, vocabSize]);
  for (let i = 0; i < layers; i++)
    for (const part of ['key', 'value'])
      graph.output(`new_key_values.${i}.${part}`, 'float', [1, kvHeads, 'sequence', headDim]);
  return graph;
}

/** down(silu(gate(x)) · up(x)): (R, D) -> (R, D). */
function gatedMlp(graph: Graph, weights: Weights, x: string, language: LanguageArchitecture, prefix: string): string {
  const { hiddenSize, intermediateSize } = language;
  const up = (name: string) =>
    graph.linear(x, weights.get(`${prefix}${name}.weight`, [intermediateSize, hiddenSize]), null);
  const gated = graph.mul(graph.silu(up('gate_proj')), up('up_proj'));
  return graph.linear(gated, weights.get(`${prefix}down_proj.weight`, [hiddenSize, intermediateSize]), null);
}

function rmsNorm(graph: Graph, weights: Weights, x: string, name: string, language: LanguageArchitecture): string {
  return graph.op('SimplifiedLayerNormalization', [x, graph.floats(weights.get(name, [language.hiddenSize]))], {
    axis: -1,
    epsilon: { float: language.rmsNormEps },
    stash_type: 1,
  });
}

function lastRow(graph: Graph, x: string): string {
  return graph.slice(x, 0, -1, everyPositionBehind);
}
