import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { softmax } from '../../../src/main/answering/generate/processors.ts';
import { randomSource } from '../../../src/main/answering/generate/randomSource.ts';
import { drawFrom, greedy, samplerFor } from '../../../src/main/answering/generate/sampler.ts';
import { resolveSettings } from '../../../src/main/answering/generate/settings.ts';

const logitsArbitrary = fc
  .array(fc.oneof(fc.double({ min: -20, max: 20, noNaN: true }), fc.constant(Number.NEGATIVE_INFINITY)), {
    minLength: 1,
    maxLength: 50,
  })
  .filter((values) => values.some(Number.isFinite))
  .map((values) => Float32Array.from(values));

describe('greedy', () => {
  test('takes a vocabulary of any size', () => {
    const logits = new Float32Array(152_064).fill(-1);
    logits[150_000] = 1;
    expect(greedy(logits)).toBe(150_000);
  });

  test('takes the first of the largest logits', () => {
    fc.assert(
      fc.property(logitsArbitrary, (logits) => {
        expect(greedy(logits)).toBe(logits.indexOf(Math.max(...logits)));
      }),
    );
  });
});

describe('a draw', () => {
  test('never gives a token that was ruled out', () => {
    fc.assert(
      fc.property(logitsArbitrary, fc.integer(), (logits, seed) => {
        expect(logits[drawFrom(randomSource(seed))(logits)]).not.toBe(Number.NEGATIVE_INFINITY);
      }),
    );
  });

  test('gives a possible token even for the largest random number', () => {
    fc.assert(
      fc.property(logitsArbitrary, (logits) => {
        const id = drawFrom(() => 1 - 2 ** -32)(logits);
        expect(logits[id]).not.toBe(Number.NEGATIVE_INFINITY);
      }),
    );
  });

  test('comes as often as its probability says', () => {
    const logits = Float32Array.of(1, 2, 0, Number.NEGATIVE_INFINITY);
    const draw = drawFrom(randomSource(7));
    const counts = [0, 0, 0, 0];
    const total = 20_000;
    for (let i = 0; i < total; i++) {
      const id = draw(logits);
      counts[id] = (counts[id] as number) + 1;
    }
    for (const [id, probability] of softmax(logits).entries()) {
      expect(Math.abs((counts[id] as number) / total - probability)).toBeLessThan(0.02);
    }
  });

  test('is the same for the same seed and another for another', () => {
    const logits = new Float32Array(1000);
    const series = (seed: number) => {
      const draw = samplerFor(resolveSettings({ temperature: 1, seed }));
      return Array.from({ length: 20 }, () => draw(logits));
    };
    expect(series(3)).toEqual(series(3));
    expect(series(3)).not.toEqual(series(4));
  });
});

test('random numbers lie from 0 to below 1 and spread evenly', () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const random = randomSource(seed);
      const values = Array.from({ length: 500 }, random);
      expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
      const mean = values.reduce((a, b) => a + b) / values.length;
      expect(Math.abs(mean - 0.5)).toBeLessThan(0.1);
    }),
  );
});
