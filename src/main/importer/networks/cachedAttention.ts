/**
 * Causal attention of grouped heads with rotary positions and a KV cache, as GroupQueryAttention.
 * Source: onnxruntime `contrib_ops/cpu/bert/group_query_attention.cc`, `group_query_attention_helper.h`.
 */
import type { LanguageArchitecture } from '../../core/model/bundleManifest.ts';
import { computedWeight, stackRows, type Weights } from '../checkpoint/weights.ts';
import type { Graph } from '../onnx/graph.ts';
import { dataTypes } from '../onnx/onnxProto.ts';

/** GroupQueryAttention turns only heads of such a size by itself. */
const rotaryUnit = 16;

export interface CachedPositions {
  /** (maxPositions, headDim / 2) each. */
  cos: string;
  sin: string;
  /** (1, s), where the heads have to be turned before the attention; null where it turns them itself. */
  ids: string | null;
}

/** x (s, D) -> (s, heads · headDim); reads `past_key_values.{layer}`, gives `present.{layer}`. */
export function cachedAttention(
  graph: Graph,
  weights: Weights,
  x: string,
  language: LanguageArchitecture,
  positions: CachedPositions,
  layer: number,
  window: number,
): string {
  const { heads, kvHeads, headDim } = language;
  const packed = graph.reshape(queryKeyValue(graph, weights, x, language, layer), [
    1,
    -1,
    (heads + 2 * kvHeads) * headDim,
  ]);
  const [past, present, attended] = [`past_key_values.${layer}`, `present.${layer}`, `attention_${layer}`];
  const cache = [`${past}.key`, `${past}.value`, 'seqlens_k', 'total_sequence_length'];
  const heading = { num_heads: heads, kv_num_heads: kvHeads, local_window_size: window };
  const outputs = [attended, `${present}.key`, `${present}.value`];
  if (positions.ids === null) {
    const rotary = { do_rotary: 1, rotary_interleaved: 0 };
    const inputs = [packed, '', '', ...cache, positions.cos, positions.sin];
    graph.ops('GroupQueryAttention', inputs, { ...heading, ...rotary }, outputs);
  } else {
    const ends = [heads, heads + kvHeads, heads + 2 * kvHeads].map((count) => count * headDim) as [
      number,
      number,
      number,
    ];
    const turn = (part: string) =>
      graph.op('RotaryEmbedding', [part, positions.ids as string, positions.cos, positions.sin], { interleaved: 0 });
    const query = turn(graph.slice(packed, 2, 0, ends[0]));
    const key = turn(graph.slice(packed, 2, ends[0], ends[1]));
    const value = graph.slice(packed, 2, ends[1], ends[2]);
    graph.ops('GroupQueryAttention', [query, key, value, ...cache], heading, outputs);
  }
  return graph.reshape(attended, [-1, heads * headDim]);
}

/** The three projections as one layer: (s, D) -> (s, (heads + 2 · kvHeads) · headDim). */
function queryKeyValue(
  graph: Graph,
  weights: Weights,
  x: string,
  language: LanguageArchitecture,
  layer: number,
): string {
  const { hiddenSize, heads, kvHeads, headDim } = language;
  const prefix = `model.layers.${layer}.self_attn.`;
  const sizes = Object.entries({ q_proj: heads * headDim, k_proj: kvHeads * headDim, v_proj: kvHeads * headDim });
  const weight = stackRows(
    `${prefix}qkv_proj.weight`,
    sizes.map(([name, size]) => weights.get(`${prefix}${name}.weight`, [size, hiddenSize])),
  );
  if (language.family !== 'qwen2') return graph.linear(x, weight, null);
  const bias = stackRows(
    `${prefix}qkv_proj.bias`,
    sizes.map(([name, size]) => weights.get(`${prefix}${name}.bias`, [size])),
  );
  return graph.linear(x, weight, bias);
}

/** The rotary tables, computed in 32-bit floats as the reference does, and positions where they are needed. */
export function cachedPositions(
  graph: Graph,
  { maxPositions, headDim, ropeTheta }: LanguageArchitecture,
): CachedPositions {
  const half = headDim / 2;
  const table = (of: (angle: number) => number) => async () => {
    const values = new Float32Array(maxPositions * half);
    for (let i = 0; i < half; i++) {
      const frequency = Math.fround(1 / Math.fround(ropeTheta ** Math.fround((2 * i) / headDim)));
      for (let position = 0; position < maxPositions; position++)
        values[position * half + i] = of(Math.fround(position * frequency));
    }
    return values;
  };
  return {
    cos: graph.floats(computedWeight('cos_cache', [maxPositions, half], table(Math.cos))),
    sin: graph.floats(computedWeight('sin_cache', [maxPositions, half], table(Math.sin))),
    ids: headDim % rotaryUnit === 0 ? null : positionIds(graph),
  };
}

/** total - s … total - 1: (1, s). */
function positionIds(graph: Graph): string {
  const count = graph.reshape(graph.op('Shape', ['inputs_embeds'], { start: 1, end: 2 }), []);
  const total = graph.op('Cast', ['total_sequence_length'], { to: dataTypes.int64 });
  const ids = graph.op('Range', [graph.op('Sub', [total, count]), total, graph.ints([1], [])]);
  return graph.reshape(ids, [1, -1]);
}
