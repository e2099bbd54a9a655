/**
 * The keys and values of what a language model has read: per layer two arrays (1, kvHeads, capacity, headDim) of
 * which the first `length` positions are filled. GroupQueryAttention appends to them in place; a cache that is
 * set back to a shorter length simply has its later positions overwritten.
 */
export interface KvCache {
  /** Positions that are filled. */
  length: number;
  /** Positions that have room. */
  capacity: number;
  /** layers × [keys, values]. */
  layers: { key: Float32Array; value: Float32Array }[];
}

export interface KvShape {
  layers: number;
  kvHeads: number;
  headDim: number;
}

/**
 * Capacities are multiples of this. ONNX Runtime for Node copies the whole of an output after each run, so that
 * room which is not needed yet costs time at every token. Growing costs about as much as one such copy.
 */
const CAPACITY_STEP = 32;

export function createKvCache(shape: KvShape): KvCache {
  const layers = Array.from({ length: shape.layers }, () => ({ key: new Float32Array(0), value: new Float32Array(0) }));
  return { length: 0, capacity: 0, layers };
}

/** Makes room for `positions` in all; what is filled stays. */
export function ensureCapacity(cache: KvCache, shape: KvShape, positions: number): void {
  if (positions <= cache.capacity) return;
  const capacity = Math.ceil(positions / CAPACITY_STEP) * CAPACITY_STEP;
  for (const layer of cache.layers) {
    layer.key = moved(layer.key, cache, shape, capacity);
    layer.value = moved(layer.value, cache, shape, capacity);
  }
  cache.capacity = capacity;
}

export function cacheBytes(cache: KvCache): number {
  return cache.layers.reduce((bytes, { key, value }) => bytes + key.byteLength + value.byteLength, 0);
}

function moved(from: Float32Array, cache: KvCache, { kvHeads, headDim }: KvShape, capacity: number): Float32Array {
  const to = new Float32Array(kvHeads * capacity * headDim);
  for (let head = 0; head < kvHeads; head++) {
    const start = head * cache.capacity * headDim;
    to.set(from.subarray(start, start + cache.length * headDim), head * capacity * headDim);
  }
  return to;
}
