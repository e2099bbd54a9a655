/** A sound cut into what is heard one after the other, and each of these described. */
import { describe, expect, it } from 'vitest';
import { randomSource } from '../../../src/main/answering/generate/randomSource.ts';
import { takeSoundApart } from '../../../src/main/answering/model/domain/takeApart.ts';
import { computeFbank, MEL_BINS, normaliseFbank } from '../../../src/main/answering/preprocess/fbank.ts';

const RATE = 16_000;
type Wave = (t: number) => number;

/** @returns four seconds of it, taken apart */
function heard(wave: Wave, seconds = 4) {
  const samples = Float32Array.from({ length: seconds * RATE }, (_, i) => wave(i / RATE));
  return takeSoundApart(normaliseFbank(computeFbank(samples).data), MEL_BINS);
}
const tone =
  (pitch: number): Wave =>
  (t) =>
    0.3 * Math.sin(2 * Math.PI * pitch * t);
const during =
  (from: number, to: number, wave: Wave): Wave =>
  (t) =>
    t >= from && t < to ? wave(t - from) : 0;
const beeps =
  (count: number, period: number): Wave =>
  (t) =>
    t < 0.5 || (t - 0.5) % period >= 0.13 || t - 0.5 > count * period ? 0 : tone(1000)(t);
const distance = (a: Float32Array | undefined, b: Float32Array | undefined) =>
  Math.hypot(...Array.from(a ?? [], (value, i) => value - (b?.[i] ?? Number.NaN)));

describe('what is heard one after the other', () => {
  it('is counted, with the shortest time from one to the next', () => {
    expect(heard(beeps(3, 0.35)).facts).toMatchObject({ busiest: 3, closest: 35 });
    expect(heard(beeps(15, 0.2)).facts).toMatchObject({ busiest: 15, closest: 20 });
    expect(heard(() => 0).facts).toMatchObject({ busiest: 0, closest: 400 });
  });

  it('is one thing where it never falls quiet, of however few seconds', () => {
    expect(heard(tone(440)).events).toHaveLength(1);
    expect(heard(tone(440), 1).events).toHaveLength(1);
    expect(heard(tone(440)).facts.quietest).toBeGreaterThan(0.2);
    expect(heard(tone(440), 1).facts.quietest).toBeUndefined();
  });

  it('is not a hiss', () => {
    const random = randomSource(3);
    expect(heard(() => 0.003 * (random() - 0.5)).events).toHaveLength(0);
  });
});

describe('a sound described', () => {
  const bell: Wave = (t) => Math.exp(-2.6 * t) * (tone(700)(t) + 0.7 * tone(700 * 2.76)(t));
  const described = (from: number, wave: Wave) => heard(during(from, from + 1.3, wave)).events[0]?.[0];
  const far = (wave: Wave, from = 1) => distance(described(1, bell), described(from, wave));

  it('is nearly the same whenever it is heard, and a little softer', () => {
    expect(far((t) => 0.7 * bell(t), 2.2)).toBeLessThan(0.5);
  });

  it('is another with other partials, or where it does not fade, or at another pitch', () => {
    expect(far((t) => Math.exp(-2.6 * t) * tone(700)(t))).toBeGreaterThan(0.6);
    expect(far((t) => tone(700)(t) + 0.7 * tone(700 * 2.76)(t))).toBeGreaterThan(0.6);
    expect(far((t) => Math.exp(-2.6 * t) * (tone(330)(t) + 0.7 * tone(660)(t)))).toBeGreaterThan(0.6);
  });
});
