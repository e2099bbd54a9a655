import { expect, test } from 'vitest';
import { stepSec } from '../../../src/main/recognising/speech/speechModel.ts';
import { speechSpans } from '../../../src/main/recognising/speech/speechSpans.ts';

/** Each with its number of steps. */
const steps = (...runs: [likelihood: number, count: number][]) =>
  runs.flatMap(([likelihood, count]) => Array.from({ length: count }, () => likelihood));
const minute = { startSec: 60, endSec: 120 };

test('a span lasts until it is unlikely, over a pause for breath, and knows how likely it was', () => {
  expect(speechSpans(steps([0, 10], [0.9, 20], [0.4, 5], [0.1, 8], [0.9, 20], [0.1, 30]), minute)).toEqual([
    {
      startSec: 60 + 10 * stepSec,
      endSec: 60 + 63 * stepSec,
      confidence: expect.closeTo((40 * 0.9 + 5 * 0.4 + 8 * 0.1) / 53),
    },
  ]);
});

test('a long pause divides, and what is as short as a knock is left out', () => {
  const heard = steps([0.9, 20], [0, 20], [0.9, 9], [0, 20], [0.9, 20]);
  expect(speechSpans(heard, minute).map(({ startSec }) => startSec)).toEqual([60, 60 + 69 * stepSec]);
});

test('no span goes beyond its segment, and nothing likely is none', () => {
  expect(speechSpans(steps([0.9, 40]), { startSec: 0, endSec: 1.25 })).toMatchObject([{ endSec: 1.25 }]);
  expect(speechSpans(steps([0.49, 100]), minute)).toEqual([]);
  expect(speechSpans([], minute)).toEqual([]);
});
