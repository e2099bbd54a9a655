/**
 * The keys and values of what a language model has read. A graph only reads them (its inputs
 * `past_key_values.{layer}.{part}`); what it gives for new positions is appended by `appendToCache`. A cache that is
 * set back to a shorter length simply has its later positions overwritten.
 */
export interface KvCache {
  /** Positions that are filled. */
  length: number;
  /** Positions that have room. */
  capacity: number;
  /** One for each layer: the values of every part, by its name. */
  layers: Record<string, CacheValues>[];
}

export type CacheValues = Float32Array | Uint8Array;

/** What a graph gives for the positions that it read: (1, kvHeads, positions, headDim) each. */
export interface KeysAndValues {
  key: Float32Array;
  value: Float32Array;
}

/** Those of one layer. */
export interface LayerAddition extends KeysAndValues {
  layer: number;
  positions: number;
}

/** What a cache holds, as the graph's inputs say; the same for every layer. */
export interface KvShape {
  layers: number;
  kvHeads: number;
  headDim: number;
  parts: readonly CachePart[];
}

export interface CachePart {
  /** `key` and `value`; of an int8 cache also what its codes mean (see `quantizedCache.ts`). */
  name: string;
  type: 'float32' | 'uint8';
  /** At most one of them is the capacity; a part without it is one for all positions. */
  dims: readonly (number | 'capacity')[];
}

/** Capacities are multiples of this: room that is not filled is scored, too, and growing copies the whole cache. */
const CAPACITY_STEP = 64;

/** A cache has room from the start: no operator need be right about tensors without values. */
export function createKvCache(shape: KvShape): KvCache {
  const layers = Array.from({ length: shape.layers }, () =>
    Object.fromEntries(shape.parts.map((part) => [part.name, emptyValues(part, CAPACITY_STEP)])),
  );
  return { length: 0, capacity: CAPACITY_STEP, layers };
}

/** Makes room for `positions` in all; what is filled stays. */
export function ensureCapacity(cache: KvCache, { parts }: KvShape, positions: number): void {
  if (positions <= cache.capacity) return;
  const capacity = Math.ceil(positions / CAPACITY_STEP) * CAPACITY_STEP;
  for (const layer of cache.layers)
    for (const part of parts.filter(({ dims }) => dims.includes('capacity'))) {
      const moved = emptyValues(part, capacity);
      const from = filledRows(layer[part.name] as CacheValues, part, cache.capacity, cache.length);
      for (const [i, row] of filledRows(moved, part, capacity, cache.length).entries()) row.set(from[i] as CacheValues);
      layer[part.name] = moved;
    }
  cache.capacity = capacity;
}

export function cacheBytes(cache: KvCache): number {
  const ofLayer = (layer: KvCache['layers'][number]) =>
    Object.values(layer).reduce((sum, { byteLength }) => sum + byteLength, 0);
  return cache.layers.reduce((sum, layer) => sum + ofLayer(layer), 0);
}

/** The sizes of one part, for a graph. */
export function partDims({ dims }: CachePart, capacity: number): number[] {
  return dims.map((size) => (size === 'capacity' ? capacity : size));
}

/** Views of the first `length` positions of one part: one for every index in front of the capacity. */
export function filledRows<Values extends CacheValues>(
  values: Values,
  { dims }: CachePart,
  capacity: number,
  length: number,
): Values[] {
  const at = dims.indexOf('capacity');
  if (at < 0) return [values];
  const size = product(dims.slice(at + 1) as number[]); // values of one position
  return Array.from({ length: product(dims.slice(0, at) as number[]) }, (_, row) => {
    const start = row * capacity * size;
    return values.subarray(start, start + length * size) as Values;
  });
}

function emptyValues(part: CachePart, capacity: number): CacheValues {
  const count = product(partDims(part, capacity));
  return part.type === 'float32' ? new Float32Array(count) : new Uint8Array(count);
}

function product(sizes: readonly number[]): number {
  return sizes.reduce((all, size) => all * size, 1);
}
