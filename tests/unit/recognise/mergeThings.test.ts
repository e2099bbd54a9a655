import { expect, it } from 'vitest';
import { framesForSegment, planLooks } from '../../../src/main/recognising/planLooks.ts';
import { cocoNames } from '../../../src/main/recognising/things/cocoNames.ts';
import { mergeThings } from '../../../src/main/recognising/things/mergeThings.ts';

/** Looks of 2 s each, every other one mirrored, with the things [name, score] of each. */
function looks(...all: [name: string, score: number][][]) {
  return all.map((detections, i) => ({
    startSec: i * 2,
    endSec: i * 2 + 2,
    mirrored: i % 2 === 1,
    detections: detections.map(([name, score]) => ({ name, score })),
  }));
}

it('a thing counts when it is seen plain and mirrored, with its best score and its first and last time', () => {
  expect(mergeThings(looks([], [['tv', 0.45]], [['tv', 0.7]], []))).toEqual([
    { name: 'tv', confidence: 0.7, startSec: 2, endSec: 6 },
  ]);
});

it('a thing that is seen one way alone counts only when it is sure', () => {
  expect(mergeThings(looks([['pizza', 0.5]], [], [['pizza', 0.5]]))).toEqual([]);
  expect(mergeThings(looks([['person', 0.62]], [])).map(({ name }) => name)).toEqual(['person']);
});

it('a thing that mirrored looks bear out only weakly does not count', () => {
  expect(mergeThings(looks([['pizza', 0.45]], [['pizza', 0.32]]))).toEqual([]);
});

it('several of a sort in one frame are one sighting', () => {
  expect(
    mergeThings(
      looks(
        [
          ['person', 0.5],
          ['person', 0.45],
        ],
        [],
      ),
    ),
  ).toEqual([]);
});

it('things are listed from the surest on', () => {
  const seen = looks(
    [
      ['cup', 0.5],
      ['tv', 0.7],
    ],
    [
      ['cup', 0.5],
      ['tv', 0.6],
    ],
  );
  expect(mergeThings(seen).map(({ name }) => name)).toEqual(['tv', 'cup']);
});

it('the model has 80 names, each once', () => {
  expect(new Set(cocoNames).size).toBe(80);
  expect([cocoNames[0], cocoNames[15], cocoNames[62], cocoNames[74], cocoNames[79]]).toEqual([
    'person',
    'cat',
    'tv',
    'clock',
    'toothbrush',
  ]);
});

it('looks stand in the middle of equal stretches of the segment; a picture has one', () => {
  expect(planLooks({ kind: 'video', segment: { startSec: 10, endSec: 16 }, frames: 3 })).toEqual([
    { atSec: 11, endSec: 12 },
    { atSec: 13, endSec: 14 },
    { atSec: 15, endSec: 16 },
  ]);
  expect(planLooks({ kind: 'image', segment: { startSec: 0, endSec: 1 }, frames: 5 })).toHaveLength(1);
});

it('a segment is worth a look every 2.5 s, from two to twelve', () => {
  const lengths = [0.5, 5, 20, 30, 600];
  expect(lengths.map((endSec) => framesForSegment({ startSec: 0, endSec }))).toEqual([2, 2, 8, 12, 12]);
});
