import { expect, it } from 'vitest';
import { planLooks, spreadEvenly } from '../../../src/main/core/recognise/planLooks.ts';
import { cocoNames } from '../../../src/main/core/recognise/things/cocoNames.ts';
import { mergeThings } from '../../../src/main/core/recognise/things/mergeThings.ts';

/** Looks of 2 s each, with the things [name, score] of each. */
function looks(...all: [name: string, score: number][][]) {
  return all.map((detections, i) => ({
    startSec: i * 2,
    endSec: i * 2 + 2,
    detections: detections.map(([name, score]) => ({ name, score })),
  }));
}

it('a thing counts when two looks see it, with its best score and its first and last time', () => {
  expect(mergeThings(looks([], [['tv', 0.45]], [['tv', 0.7]], []))).toEqual([
    { name: 'tv', confidence: 0.7, startSec: 2, endSec: 6 },
  ]);
});

it('a thing that one look alone sees counts only when it is sure', () => {
  expect(mergeThings(looks([['pizza', 0.5]], []))).toEqual([]);
  expect(mergeThings(looks([['person', 0.62]], [])).map(({ name }) => name)).toEqual(['person']);
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

it('a few looks of many are spread from the first to the last', () => {
  expect([...spreadEvenly(11, 3)]).toEqual([0, 5, 10]);
  expect([...spreadEvenly(2, 6)]).toEqual([0, 1]);
});
