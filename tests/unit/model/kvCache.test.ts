import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cacheBytes, createKvCache, ensureCapacity } from '../../../src/main/core/model/kvCache.ts';

const shape = { layers: 2, kvHeads: 3, headDim: 4 };

test('a cache that grows keeps every position of every head where it belongs', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 600 }), (filled, wanted) => {
      const cache = createKvCache(shape);
      ensureCapacity(cache, shape, filled);
      for (let head = 0; head < shape.kvHeads; head++) {
        for (let position = 0; position < filled; position++) {
          const at = (head * cache.capacity + position) * shape.headDim;
          cache.layers[1]?.value.fill(head * 1000 + position, at, at + shape.headDim);
        }
      }
      cache.length = filled;
      ensureCapacity(cache, shape, wanted);
      expect(cache.capacity).toBeGreaterThanOrEqual(Math.max(filled, wanted));
      for (let head = 0; head < shape.kvHeads; head++) {
        for (const position of [0, filled - 1]) {
          const at = (head * cache.capacity + position) * shape.headDim;
          expect(cache.layers[1]?.value[at]).toBe(head * 1000 + position);
        }
      }
    }),
    { numRuns: 30 },
  );
});

test('a cache that has room is left alone', () => {
  const cache = createKvCache(shape);
  ensureCapacity(cache, shape, 100);
  const { key } = cache.layers[0] as { key: Float32Array };
  ensureCapacity(cache, shape, 101);
  expect(cache.layers[0]?.key).toBe(key);
  expect(cacheBytes(cache)).toBe(2 * 2 * 3 * cache.capacity * 4 * 4);
});
