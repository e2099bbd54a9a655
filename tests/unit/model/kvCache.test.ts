import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  appendToCache,
  cacheBytes,
  createKvCache,
  headRows,
  type KvShape,
} from '../../../src/main/core/model/kvCache.ts';

const shape: KvShape = { layers: 2, kvHeads: 3, headDim: 4 };

/** Keys (1, kvHeads, count, headDim) of which each value tells its layer, head, position and place. */
function numbered(layer: number, first: number, count: number): Float32Array {
  const { kvHeads, headDim } = shape;
  return Float32Array.from({ length: kvHeads * count * headDim }, (_, i) => {
    const [head, position, place] = [Math.floor(i / (count * headDim)), Math.floor(i / headDim) % count, i % headDim];
    return layer * 1e5 + head * 1e4 + (first + position) * 10 + place;
  });
}

function appended(lengths: readonly number[]) {
  const cache = createKvCache(shape);
  for (const count of lengths) {
    const added = Array.from({ length: shape.layers }, (_, layer) => {
      const key = numbered(layer, cache.length, count);
      return { key, value: key.map((value) => -value) };
    });
    appendToCache(cache, shape, count, added);
  }
  return cache;
}

describe('a key-value cache', () => {
  test('holds every head of every layer in order, in whatever portions it was appended', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 5 }), (lengths) => {
        const cache = appended(lengths);
        const total = lengths.reduce((sum, count) => sum + count, 0);
        expect(cache.length).toBe(total);
        for (const [i, { key, value }] of cache.layers.entries()) {
          const wanted = numbered(i, 0, total);
          for (let head = 0; head < shape.kvHeads; head++) {
            const rows = headRows(wanted, shape, total, head, 0, total);
            expect(headRows(key, shape, cache.capacity, head, 0, total)).toEqual(rows);
            expect(headRows(value, shape, cache.capacity, head, 0, total)).toEqual(rows.map((each) => -each));
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  test('that is set back overwrites what stood behind', () => {
    const cache = appended([10]);
    cache.length = 4;
    const added = Array.from({ length: shape.layers }, (_, layer) => {
      const key = numbered(layer, 4, 2);
      return { key, value: key.map((value) => -value) };
    });
    appendToCache(cache, shape, 2, added);
    const { key } = cache.layers[1] as (typeof cache.layers)[number];
    expect(headRows(key, shape, cache.capacity, 2, 0, 6)).toEqual(headRows(numbered(1, 0, 6), shape, 6, 2, 0, 6));
    expect(cache.length).toBe(6);
  });

  test('tells its bytes, room included', () => {
    const cache = appended([100]);
    expect(cache.capacity).toBeGreaterThanOrEqual(100);
    expect(cacheBytes(cache)).toBe(2 * 2 * 3 * cache.capacity * 4 * 4);
  });
});
