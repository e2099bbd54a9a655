/**
 * Causal attention of grouped heads with rotary positions over a KV cache that the graph only reads: what was cached
 * is scored as it lies, beside the new positions, and only the new keys and values are given back. ONNX Runtime for
 * Node copies every output once, so a graph that gave the whole cache back (GroupQueryAttention) would copy it at
 * every token.
 * Source: transformers `models/qwen2/modeling_qwen2.py`, `eager_attention_forward`.
 */
import type { LanguageArchitecture } from '../../models/bundleManifest.ts';
import { stackRows } from '../checkpoint/weights.ts';
import type { CachedPositions } from './cachedPositions.ts';
import type { CachedLayer } from './kvCacheInputs.ts';
import type { Scope } from './scope.ts';

export interface CachedAttention {
  layer: number;
  positions: CachedPositions;
  cache: CachedLayer;
  /** How many positions a query sees, itself among them; null for all behind it. */
  window: number | null;
}

/** x (s, D) -> (s, heads · headDim); gives `new_key_values.{layer}`. */
export function cachedAttention(
  attention: Scope,
  x: string,
  language: LanguageArchitecture,
  { layer, positions, cache, window }: CachedAttention,
): string {
  const { graph } = attention;
  const { heads, kvHeads, headDim } = language;
  const groups = groupsOf(language);
  const { query, key, value } = turnedHeads(attention, x, language, { positions, layer });
  const ofNew = graph.op('MatMul', [query, graph.transpose(key, [0, 1, 3, 2])]);
  const joined = graph.op('Concat', [cache.scores(query), ofNew], { axis: -1 }); // (1, kvHeads, groups · s, capacity + s)
  const masked = graph.add(
    graph.reshape(joined, [kvHeads, groups, -1, 0]), // (kvHeads, groups, s, capacity + s)
    positions.bias(window),
  );
  const shares = graph.reshape(graph.op('Softmax', [masked], { axis: -1 }), [1, kvHeads, -1, 0]);
  const [past, fresh] = graph.split(shares, -1, positions.counts, [`past_shares_${layer}`, `new_shares_${layer}`]);
  const attended = graph.add(cache.mix(past), graph.op('MatMul', [fresh, value])); // (1, kvHeads, groups · s, headDim)
  const byPosition = graph.transpose(graph.reshape(attended, [kvHeads, groups, -1, headDim]), [2, 0, 1, 3]);
  return graph.reshape(byPosition, [-1, heads * headDim]);
}

/**
 * x (s, D) -> query (1, kvHeads, groups · s, headDim), scaled; key and value (1, kvHeads, s, headDim), which are the
 * outputs `new_key_values.{layer}.key` and `.value` as well.
 */
function turnedHeads(
  attention: Scope,
  x: string,
  language: LanguageArchitecture,
  { positions, layer }: Pick<CachedAttention, 'positions' | 'layer'>,
): { query: string; key: string; value: string } {
  const { graph } = attention;
  const { ids, cos, sin } = positions;
  const { heads, kvHeads, headDim } = language;
  const [queries, keys] = [heads * headDim, kvHeads * headDim];
  const packed = graph.reshape(queryKeyValue(attention, x, language), [1, -1, queries + 2 * keys]);
  const turned = graph.op('RotaryEmbedding', [graph.slice(packed, 2, 0, queries + keys), ids, cos, sin], {
    interleaved: 0,
  });
  const scaled = graph.mul(graph.slice(turned, 2, 0, queries), graph.scalar(headDim ** -0.5));
  const grouped = graph.transpose(graph.reshape(scaled, [-1, kvHeads, groupsOf(language), headDim]), [1, 2, 0, 3]);
  const perHead = (part: string, output: string) =>
    graph.op('Transpose', [graph.reshape(part, [1, -1, kvHeads, headDim])], { perm: [0, 2, 1, 3] }, output);
  return {
    query: graph.reshape(grouped, [1, kvHeads, -1, headDim]),
    key: perHead(graph.slice(turned, 2, queries, queries + keys), `new_key_values.${layer}.key`),
    value: perHead(graph.slice(packed, 2, queries + keys, queries + 2 * keys), `new_key_values.${layer}.value`),
  };
}

/** Query heads that share one head of keys and values; sizes that do not divide are a problem named elsewhere. */
function groupsOf({ heads, kvHeads }: LanguageArchitecture): number {
  return Math.floor(heads / kvHeads);
}

/** The three projections as one layer: (s, D) -> (s, (heads + 2 · kvHeads) · headDim). */
function queryKeyValue(attention: Scope, x: string, language: LanguageArchitecture): string {
  const { graph } = attention;
  const { hiddenSize, heads, kvHeads, headDim } = language;
  const sizes = Object.entries({ q_proj: heads * headDim, k_proj: kvHeads * headDim, v_proj: kvHeads * headDim });
  const weight = stackRows(
    attention.nameOf('qkv_proj.weight'),
    sizes.map(([name, size]) => attention.weight(`${name}.weight`, [size, hiddenSize])),
  );
  if (language.family !== 'qwen2') return graph.linear(x, weight, null);
  const bias = stackRows(
    attention.nameOf('qkv_proj.bias'),
    sizes.map(([name, size]) => attention.weight(`${name}.bias`, [size])),
  );
  return graph.linear(x, weight, bias);
}
