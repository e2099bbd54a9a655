import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { appendToCache } from '../../../src/main/answering/model/appendToCache.ts';
import { cacheBytes, createKvCache, type KvCache } from '../../../src/main/answering/model/kvCache.ts';
import { floatShape, quantizedShape } from './cacheShapes.ts';

const sizes = { layers: 1, kvHeads: 2, headDim: 16 };
const shape = quantizedShape(sizes);

/** (kvHeads, count, headDim); one channel in eight is a hundred times larger and far from zero, as Qwen2's keys are. */
function keysLikeQwen2(count: number, random: () => number): Float32Array {
  return Float32Array.from({ length: sizes.kvHeads * count * sizes.headDim }, (_, i) =>
    i % 8 === 3 ? 80 + 20 * random() : random(),
  );
}

/** What the codes of the cache stand for: keys and values (kvHeads, length, headDim). */
function decoded({ layers, length, capacity }: KvCache) {
  const layer = layers[0] as Record<string, Float32Array>;
  const at = (name: string, index: number) => layer[name]?.[index] as number;
  const { kvHeads, headDim } = sizes;
  const all = (of: (head: number, position: number, c: number) => number) =>
    Float32Array.from({ length: kvHeads * length * headDim }, (_, i) =>
      of(Math.floor(i / (length * headDim)), Math.floor(i / headDim) % length, i % headDim),
    );
  return {
    key: all((head, position, c) => {
      const channel = head * headDim + c;
      const moved = (at('key', channel * capacity + position) - 128) * at('key_scale', head * capacity + position);
      return at('key_center', channel) + at('key_spread', channel) * moved;
    }),
    value: all((head, position, c) => {
      const row = head * capacity + position;
      return (at('value', row * headDim + c) - 128) * at('value_scale', row);
    }),
  };
}

function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}

describe('a cache of 8-bit codes', () => {
  test('keeps small channels beside large ones, within a hundredth of each channel’s own width', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 2, max: 150 }), (seed, count) => {
        const random = generator(seed);
        const cache = createKvCache(shape);
        const key = keysLikeQwen2(count, random);
        const value = key.map(() => random());
        appendToCache(cache, shape, count, [{ key, value }]);
        const back = decoded(cache);
        const worst = (got: Float32Array, wanted: Float32Array, widthOf: (i: number) => number) =>
          wanted.reduce((most, each, i) => Math.max(most, Math.abs((got[i] as number) - each) / widthOf(i)), 0);
        expect(worst(back.key, key, (i) => (i % 8 === 3 ? 20 : 1))).toBeLessThan(0.01);
        expect(worst(back.value, value, () => 1)).toBeLessThan(0.01);
      }),
      { numRuns: 50 },
    );
  });

  test('takes later keys that lie far outside of the first ones', () => {
    const cache = createKvCache(shape);
    const random = generator(7);
    const first = keysLikeQwen2(20, random);
    appendToCache(cache, shape, 20, [{ key: first, value: first }]);
    const later = keysLikeQwen2(1, random).map((value) => 3 * value);
    appendToCache(cache, shape, 1, [{ key: later, value: later }]);
    const { key } = decoded(cache);
    for (let head = 0; head < sizes.kvHeads; head++)
      for (let c = 0; c < sizes.headDim; c++) {
        const wanted = later[head * sizes.headDim + c] as number;
        const got = key[(head * 21 + 20) * sizes.headDim + c] as number;
        expect(Math.abs(got - wanted)).toBeLessThan(0.1 * (c % 8 === 3 ? 60 : 3));
      }
  });

  test('takes a single position, and a row of zeros', () => {
    const cache = createKvCache(shape);
    const zeros = new Float32Array(sizes.kvHeads * sizes.headDim);
    appendToCache(cache, shape, 1, [{ key: zeros, value: zeros }]);
    expect(decoded(cache)).toEqual({ key: zeros, value: zeros });
  });

  test('takes little more than a quarter of the room of floats', () => {
    const real = { layers: 2, kvHeads: 4, headDim: 128 };
    const codes = cacheBytes(createKvCache(quantizedShape(real)));
    expect(codes / cacheBytes(createKvCache(floatShape(real)))).toBeLessThan(0.28);
  });
});
