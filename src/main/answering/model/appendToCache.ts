import {
  type CachePart,
  ensureCapacity,
  filledRows,
  type KeysAndValues,
  type KvCache,
  type KvShape,
  type LayerAddition,
} from './kvCache.ts';
import { isQuantized, quantizeInto } from './quantizedCache.ts';

/** @param added one for each layer */
export function appendToCache(
  cache: KvCache,
  shape: KvShape,
  positions: number,
  added: readonly KeysAndValues[],
): void {
  ensureCapacity(cache, shape, cache.length + positions);
  const write = isQuantized(shape) ? quantizeInto : copyInto;
  for (const [layer, keysAndValues] of added.entries()) write(cache, shape, { layer, positions, ...keysAndValues });
  cache.length += positions;
}

function copyInto({ layers, length, capacity }: KvCache, shape: KvShape, added: LayerAddition): void {
  const { layer, positions } = added;
  for (const name of ['key', 'value'] as const) {
    const part = shape.parts.find((each) => each.name === name) as CachePart;
    const from = filledRows(added[name], part, positions, positions);
    const to = filledRows(layers[layer]?.[name] as Float32Array, part, capacity, capacity);
    for (const [head, row] of to.entries()) row.set(from[head] as Float32Array, length * shape.headDim);
  }
}
