/**
 * The keys and values of what a language model has read: per layer two arrays (1, kvHeads, capacity, headDim) of
 * which the first `length` positions are filled. A graph only reads them; what it gives for new positions is appended
 * here. A cache that is set back to a shorter length simply has its later positions overwritten.
 */
export interface KvCache {
  /** Positions that are filled. */
  length: number;
  /** Positions that have room. */
  capacity: number;
  /** One for each layer. */
  layers: KeysAndValues[];
}

export interface KeysAndValues {
  key: Float32Array;
  value: Float32Array;
}

export interface KvShape {
  layers: number;
  kvHeads: number;
  headDim: number;
}

/** Capacities are multiples of this: room that is not filled is scored, too, and growing copies the whole cache. */
const CAPACITY_STEP = 64;

/** A cache has room from the start: no operator need be right about tensors without values. */
export function createKvCache(shape: KvShape): KvCache {
  const room = () => new Float32Array(shape.kvHeads * CAPACITY_STEP * shape.headDim);
  const layers = Array.from({ length: shape.layers }, () => ({ key: room(), value: room() }));
  return { length: 0, capacity: CAPACITY_STEP, layers };
}

/** Makes room for `positions` in all; what is filled stays. */
export function ensureCapacity(cache: KvCache, shape: KvShape, positions: number): void {
  if (positions <= cache.capacity) return;
  const capacity = Math.ceil(positions / CAPACITY_STEP) * CAPACITY_STEP;
  const moved = (from: Float32Array) => {
    const to = new Float32Array(shape.kvHeads * capacity * shape.headDim);
    for (let head = 0; head < shape.kvHeads; head++)
      headRows(to, shape, capacity, head, 0, cache.length).set(
        headRows(from, shape, cache.capacity, head, 0, cache.length),
      );
    return to;
  };
  for (const layer of cache.layers) {
    layer.key = moved(layer.key);
    layer.value = moved(layer.value);
  }
  cache.capacity = capacity;
}

/** @param added for each layer the keys and values (1, kvHeads, positions, headDim) of the positions that follow */
export function appendToCache(
  cache: KvCache,
  shape: KvShape,
  positions: number,
  added: readonly KeysAndValues[],
): void {
  ensureCapacity(cache, shape, cache.length + positions);
  const append = (to: Float32Array, from: Float32Array) => {
    for (let head = 0; head < shape.kvHeads; head++)
      headRows(to, shape, cache.capacity, head, cache.length, positions).set(
        headRows(from, shape, positions, head, 0, positions),
      );
  };
  for (const [i, { key, value }] of added.entries()) {
    const layer = cache.layers[i] as KeysAndValues;
    append(layer.key, key);
    append(layer.value, value);
  }
  cache.length += positions;
}

export function cacheBytes(cache: KvCache): number {
  return cache.layers.reduce((bytes, { key, value }) => bytes + key.byteLength + value.byteLength, 0);
}

/** A view of `count` positions of one head, from `start` on: (count, headDim). */
export function headRows(
  values: Float32Array,
  { headDim }: KvShape,
  capacity: number,
  head: number,
  start: number,
  count: number,
): Float32Array {
  const from = (head * capacity + start) * headDim;
  return values.subarray(from, from + count * headDim);
}
