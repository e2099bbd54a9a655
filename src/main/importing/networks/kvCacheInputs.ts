/**
 * The cache as a decoder's graph sees it: its inputs, and the two products of attention with what it holds.
 * `answering/model/kvCache.ts` keeps the values, `answering/model/quantizedCache.ts` says what the codes of int8 mean.
 */
import type { KvCacheFormat, LanguageArchitecture } from '../../models/bundleManifest.ts';
import type { Graph } from '../onnx/graph.ts';
import { wideProduct } from './wideProduct.ts';

export interface CachedLayer {
  /** query (1, kvHeads, R, headDim) -> scores (1, kvHeads, R, capacity) */
  scores(query: string): string;
  /** shares (1, kvHeads, R, capacity) -> (1, kvHeads, R, headDim) */
  mix(shares: string): string;
}

/** Declares the inputs `past_key_values.{layer}.{part}`. */
export function cachedLayer(
  graph: Graph,
  { kvHeads, headDim }: LanguageArchitecture,
  format: KvCacheFormat,
  layer: number,
): CachedLayer {
  const past = (part: string, ...dims: (number | 'capacity')[]) =>
    graph.input(`past_key_values.${layer}.${part}`, 'float', [1, kvHeads, ...dims]);
  const codes = (part: string, ...dims: (number | 'capacity')[]) =>
    graph.input(`past_key_values.${layer}.${part}`, 'uint8', [1, kvHeads, ...dims]);
  if (format === 'fp32') {
    const key = past('key', 'capacity', headDim);
    const value = past('value', 'capacity', headDim);
    return {
      scores: (query) => graph.op('MatMul', [query, graph.transpose(key, [0, 1, 3, 2])]),
      mix: (shares) => graph.op('MatMul', [shares, value]),
    };
  }
  const key = codes('key', headDim, 'capacity');
  const value = codes('value', 'capacity', headDim);
  const [keyScale, valueScale] = [past('key_scale', 1, 'capacity'), past('value_scale', 1, 'capacity')];
  const [center, spread] = [past('key_center', headDim, 1), past('key_spread', 1, headDim)];
  return {
    scores: (query) => {
      const moved = wideProduct(graph, graph.mul(query, spread), key, `past_scores_${layer}`);
      return graph.add(graph.mul(moved, keyScale), graph.op('MatMul', [query, center]));
    },
    mix: (shares) => wideProduct(graph, graph.mul(shares, valueScale), value, `past_mix_${layer}`),
  };
}
