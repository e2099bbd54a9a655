import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { appendToCache } from '../../../src/main/answering/model/appendToCache.ts';
import {
  type CachePart,
  cacheBytes,
  createKvCache,
  filledRows,
  type KvCache,
} from '../../../src/main/answering/model/kvCache.ts';
import { floatShape } from './cacheShapes.ts';

const shape = floatShape({ layers: 2, kvHeads: 3, headDim: 4 });
const [keyPart, valuePart] = shape.parts as [CachePart, CachePart];

/** Keys (1, kvHeads, count, headDim) of which each value tells its layer, head, position and place. */
function numbered(layer: number, first: number, count: number): Float32Array {
  const { kvHeads, headDim } = shape;
  return Float32Array.from({ length: kvHeads * count * headDim }, (_, i) => {
    const [head, position, place] = [Math.floor(i / (count * headDim)), Math.floor(i / headDim) % count, i % headDim];
    return layer * 1e5 + head * 1e4 + (first + position) * 10 + place;
  });
}

function append(cache: KvCache, count: number): void {
  const added = Array.from({ length: shape.layers }, (_, layer) => {
    const key = numbered(layer, cache.length, count);
    return { key, value: key.map((value) => -value) };
  });
  appendToCache(cache, shape, count, added);
}

function expectNumbered(cache: KvCache, total: number): void {
  expect(cache.length).toBe(total);
  for (const [i, layer] of cache.layers.entries()) {
    const wanted = filledRows(numbered(i, 0, total), keyPart, total, total);
    const held = (part: CachePart) => filledRows(layer[part.name] as Float32Array, part, cache.capacity, total);
    expect(held(keyPart)).toEqual(wanted);
    expect(held(valuePart)).toEqual(wanted.map((row) => row.map((value) => -value)));
  }
}

describe('a key-value cache', () => {
  test('holds every head of every layer in order, in whatever portions it was appended', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 5 }), (counts) => {
        const cache = createKvCache(shape);
        for (const count of counts) append(cache, count);
        expectNumbered(
          cache,
          counts.reduce((sum, count) => sum + count, 0),
        );
      }),
      { numRuns: 40 },
    );
  });

  test('that is set back overwrites what stood behind', () => {
    const cache = createKvCache(shape);
    append(cache, 10);
    cache.length = 4;
    append(cache, 2);
    expectNumbered(cache, 6);
  });

  test('tells its bytes, room included', () => {
    const cache = createKvCache(shape);
    append(cache, 100);
    expect(cache.capacity).toBeGreaterThanOrEqual(100);
    expect(cacheBytes(cache)).toBe(2 * 2 * 3 * cache.capacity * 4 * 4);
  });
});
