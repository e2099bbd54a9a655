import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  logitsProcessors,
  repetitionPenalty,
  softmax,
  temperature,
  topK,
  topP,
} from '../../../src/main/answering/generate/processors.ts';
import { resolveSettings } from '../../../src/main/answering/generate/settings.ts';

const logitsArbitrary = fc
  .array(fc.double({ min: -30, max: 30, noNaN: true }), { minLength: 1, maxLength: 60 })
  .map((values) => Float32Array.from(values));

const kept = (logits: Float32Array) => [...logits.keys()].filter((id) => logits[id] !== Number.NEGATIVE_INFINITY);

/** Top-p as the paper says it, without any shortcut. */
function plainTopP(logits: Float32Array, p: number): Set<number> {
  const probabilities = softmax(logits);
  const order = [...logits.keys()].sort((a, b) => (probabilities[b] as number) - (probabilities[a] as number) || a - b);
  const nucleus = new Set<number>();
  let mass = 0;
  for (const id of order) {
    if (mass >= p && nucleus.size > 0) break;
    nucleus.add(id);
    mass += probabilities[id] as number;
  }
  return nucleus;
}

describe('top-p', () => {
  test('keeps exactly the smallest set of likeliest tokens that reaches p', () => {
    fc.assert(
      fc.property(logitsArbitrary, fc.double({ min: 0, max: 0.999, noNaN: true }), (logits, p) => {
        const expected = plainTopP(logits, p);
        const processed = logits.slice();
        topP(p)(processed, []);
        expect(new Set(kept(processed))).toEqual(expected);
      }),
    );
  });

  test('leaves the logits of kept tokens as they were', () => {
    fc.assert(
      fc.property(logitsArbitrary, (logits) => {
        const processed = logits.slice();
        topP(0.8)(processed, []);
        for (const id of kept(processed)) expect(processed[id]).toBe(logits[id]);
      }),
    );
  });

  test('always keeps the likeliest token, even at p = 0', () => {
    const logits = new Float32Array(7).fill(1);
    topP(0)(logits, []);
    expect(kept(logits)).toEqual([0]);
  });
});

describe('top-k', () => {
  test('keeps the k largest logits and their equals', () => {
    fc.assert(
      fc.property(logitsArbitrary, fc.integer({ min: 1, max: 80 }), (logits, k) => {
        const processed = logits.slice();
        topK(k)(processed, []);
        const smallestKept = Math.min(...kept(processed).map((id) => logits[id] as number));
        expect(kept(processed).length).toBeGreaterThanOrEqual(Math.min(k, logits.length));
        for (const [id, logit] of logits.entries()) expect(kept(processed).includes(id)).toBe(logit >= smallestKept);
        expect([...logits].filter((logit) => logit > smallestKept).length).toBeLessThan(k);
      }),
    );
  });
});

describe('the repetition penalty', () => {
  test('makes generated tokens less likely and touches no other', () => {
    fc.assert(
      fc.property(logitsArbitrary, fc.array(fc.nat(59)), (logits, ids) => {
        const repeated = ids.filter((id) => id < logits.length);
        const processed = logits.slice();
        repetitionPenalty(1.3)(processed, repeated);
        for (const [id, logit] of logits.entries()) {
          if (!repeated.includes(id)) expect(processed[id]).toBe(logit);
          else expect(processed[id] as number).toBeLessThanOrEqual(logit);
        }
      }),
    );
  });

  test('counts a token once, however often it was generated', () => {
    const once = Float32Array.of(2, -2);
    const often = once.slice();
    repetitionPenalty(1.5)(once, [0, 1]);
    repetitionPenalty(1.5)(often, [0, 1, 0, 0, 1]);
    expect(often).toEqual(once);
    expect([...once]).toEqual([Math.fround(2 / 1.5), -3]);
  });
});

test('a temperature never changes the order of tokens', () => {
  fc.assert(
    fc.property(logitsArbitrary, fc.double({ min: 0.05, max: 5, noNaN: true }), (logits, value) => {
      const processed = logits.slice();
      temperature(value)(processed, []);
      for (let id = 1; id < logits.length; id++) {
        if ((logits[id] as number) > (logits[id - 1] as number)) {
          expect(processed[id] as number).toBeGreaterThanOrEqual(processed[id - 1] as number);
        }
      }
    }),
  );
});

interface Case {
  logits: number[];
  newTokenIds: number[];
  settings: { repetitionPenalty: number; temperature: number; topK: number; topP: number };
  /** null is -Infinity. */
  after: (number | null)[];
}
const cases: Case[] = JSON.parse(
  readFileSync(new URL('../../fixtures/generate/processors.json', import.meta.url), 'utf8'),
);

test.each(cases)('all processors together do what transformers does with $settings', (one) => {
  const logits = Float32Array.from(one.logits);
  for (const process of logitsProcessors({ ...resolveSettings(), ...one.settings })) process(logits, one.newTokenIds);
  for (const [id, value] of one.after.entries()) expect(logits[id]).toBeCloseTo(value ?? Number.NEGATIVE_INFINITY, 4);
});

test('greedy search is touched by the repetition penalty alone', () => {
  expect(logitsProcessors(resolveSettings({ topK: 5, temperature: 0 }))).toHaveLength(0);
  expect(logitsProcessors(resolveSettings({ repetitionPenalty: 1.1 }))).toHaveLength(1);
});
