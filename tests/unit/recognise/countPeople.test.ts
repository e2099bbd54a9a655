import { describe, expect, it } from 'vitest';
import { countPeople } from '../../../src/main/recognising/things/countPeople.ts';
import type { FrameThings } from '../../../src/main/recognising/things/mergeThings.ts';

/** One look a second; for each the scores of the people in it. */
function looks(...people: number[][]): FrameThings[] {
  return people.map((scores, at) => ({
    ...{ startSec: at, endSec: at + 1, mirrored: at % 2 === 1 },
    detections: [...scores.map((score) => ({ name: 'person', score })), { name: 'chair', score: 0.9 }],
  }));
}

describe('people are counted', () => {
  it('where several looks show them together, for as long as they do', () => {
    expect(countPeople(looks([], [0.8, 0.7], [0.9, 0.6], [0.8]))).toEqual([
      { text: 'two people', confidence: 0.7, startSec: 1, endSec: 3 },
    ]);
    expect(countPeople(looks([0.9, 0.8, 0.7], [0.9, 0.8, 0.7]))[0]?.text).toBe('three people');
    const crowd = Array<number>(9).fill(0.6);
    expect(countPeople(looks(crowd, crowd))[0]?.text).toBe('many people');
  });

  it('by the number that half of the looks agree on', () => {
    const two = [0.8, 0.7];
    expect(countPeople(looks(two, [0.8, 0.7, 0.6], two, [0.9, 0.8, 0.6, 0.5]))[0]?.text).toBe('three people');
    expect(countPeople(looks(two, [0.8, 0.7, 0.6], two, two))[0]?.text).toBe('two people');
  });

  it.each([
    ['one person', looks([0.9], [0.9])],
    ['a second one in a single look', looks([0.9, 0.8], [0.9], [0.9])],
    ['a weak second one: a shadow, or the same person twice', looks([0.8, 0.4], [0.8, 0.45])],
    ['nobody', looks([], [])],
    ['no look', []],
  ])('not of %s', (_, seen) => {
    expect(countPeople(seen)).toEqual([]);
  });
});
