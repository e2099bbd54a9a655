/** A KV cache under the names that a decoder's graph has for it: `past_key_values.{layer}.{part}`, `new_key_values.…`. */
import { PlayheadError } from '../../../contract/errors.ts';
import type { LanguageArchitecture } from '../../models/bundleManifest.ts';
import type { KeysAndValues } from './kvCache.ts';
import { type CachePart, type CacheValues, type KvCache, type KvShape, partDims } from './kvCache.ts';
import type { FloatTensor, OrtSession, TensorLike } from './session.ts';

/**
 * What a decoder's graph keeps, read from its inputs.
 * @throws PlayheadError `model-invalid` when it keeps nothing
 */
export function cacheShapeOf({ inputs }: OrtSession, { kvHeads, headDim }: LanguageArchitecture): KvShape {
  const parts = [...inputs].flatMap(([name, input]) => {
    const part = /^past_key_values\.0\.(\w+)$/.exec(name)?.[1];
    return part === undefined ? [] : [{ ...input, name: part } as CachePart];
  });
  const layers = [...inputs.keys()].filter((name) => /^past_key_values\.\d+\.key$/.test(name)).length;
  if (layers > 0) return { layers, kvHeads, headDim, parts };
  throw new PlayheadError({ code: 'model-invalid', message: 'The decoder of this model does not take a cache.' });
}

/** The graph's inputs for what the cache holds. */
export function pastTensors(cache: KvCache, { parts }: KvShape): Record<string, TensorLike> {
  const sized = parts.map((part) => ({ name: part.name, dims: partDims(part, cache.capacity) }));
  return Object.fromEntries(
    cache.layers.flatMap((layer, i) =>
      sized.map(({ name, dims }) => [`past_key_values.${i}.${name}`, { data: layer[name] as CacheValues, dims }]),
    ),
  );
}

/** One for each layer, from the graph's outputs. */
export function newKeysAndValues(outputs: Record<string, FloatTensor>, { layers }: KvShape): KeysAndValues[] {
  const data = (name: string) => (outputs[name] as FloatTensor).data;
  return Array.from({ length: layers }, (_, i) => ({
    key: data(`new_key_values.${i}.key`),
    value: data(`new_key_values.${i}.value`),
  }));
}

/** Everything that a decoder's graph gives. */
export function outputNames({ layers }: KvShape): string[] {
  const ofLayers = Array.from({ length: layers }, (_, i) => [`new_key_values.${i}.key`, `new_key_values.${i}.value`]);
  return ['logits', ...ofLayers.flat()];
}
