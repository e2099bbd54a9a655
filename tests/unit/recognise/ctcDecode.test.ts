import { expect, it } from 'vitest';
import { ctcDecode } from '../../../src/main/recognising/text/ctcDecode.ts';

const characters = ['', 'a', 'b', ' '];

/** One row of probabilities a step: the named class gets `probability`, the others share the rest. */
function steps(...rows: [best: number, probability: number][]): Float32Array {
  return Float32Array.from(rows.flatMap(([best, p]) => characters.map((_, i) => (i === best ? p : (1 - p) / 3))));
}

it('joins repeats of a class and parts them at a blank', () => {
  const reading = ctcDecode(steps([1, 0.9], [1, 0.9], [0, 0.9], [1, 0.9], [2, 0.9]), 4, characters);
  expect(reading.text).toBe('aab');
});

it('gives the mean probability of the characters, not of the blanks', () => {
  const reading = ctcDecode(steps([0, 0.4], [1, 0.9], [0, 0.5], [2, 0.7]), 4, characters);
  expect(reading.confidence).toBeCloseTo(0.8);
});

it('takes a gap in which it thinks of a space for one, between letters and digits alone', () => {
  const named = ['', 'a', "'", ' '];
  /** Blanks, with a probability of a space. */
  const gap = (space: number) => [0.9 - space, 0.05, 0.05, space];
  const sure = (at: number) => named.map((_, i) => (i === at ? 0.97 : 0.01));
  const read = (...rows: number[][]) => ctcDecode(Float32Array.from(rows.flat()), 4, named).text;
  expect(read(sure(1), gap(0.3), sure(1))).toBe('a a');
  expect(read(sure(1), gap(0.05), gap(0.05), sure(1))).toBe('aa');
  expect(read(sure(1), gap(0.3), sure(2), gap(0.3), sure(1))).toBe("a'a");
  expect(read(gap(0.3), sure(1), gap(0.3))).toBe('a');
  expect(read(sure(1), gap(0.3), sure(3), gap(0.3), sure(1))).toBe('a a');
});

it('reads spaces, and nothing from blanks alone', () => {
  expect(ctcDecode(steps([1, 0.9], [3, 0.8], [2, 0.9]), 4, characters).text).toBe('a b');
  expect(ctcDecode(steps([0, 0.9], [0, 0.9]), 4, characters)).toEqual({ text: '', confidence: 0 });
});
