import { expect, test } from 'vitest';
import { secondsLeft, summarise } from '../../../src/main/engine/workMeter.ts';

const part = (
  state: 'done' | 'failed' | 'queued' | 'running' | 'paused' | 'cancelled',
  files: number,
  work: number,
  workDone = 0,
) => ({
  state,
  files,
  work,
  workDone,
});

test('59 of 100 equal files done is 59 %, not 0 %', () => {
  const summary = summarise([part('done', 59, 590, 590), part('queued', 41, 410)]);
  expect(summary).toMatchObject({ filesDone: 59, filesLeft: 41, progress: 0.59, isPaused: false });
});

test('a long film counts for more than short clips, a failed file is over, a cancelled one is no work', () => {
  const parts = [
    part('done', 9, 90, 90),
    part('failed', 1, 10),
    part('running', 1, 900, 300),
    part('cancelled', 5, 500),
  ];
  expect(summarise(parts)).toMatchObject({ filesDone: 9, filesFailed: 1, filesLeft: 1, progress: 0.4 });
});

test('nothing left has no progress, and all that is left being paused is said', () => {
  expect(summarise([part('done', 3, 30, 30)]).progress).toBeNull();
  expect(summarise([part('paused', 3, 30)]).isPaused).toBe(true);
});

test('the time left comes from the measured speed, and is not made up before there is one', () => {
  expect(secondsLeft([{ atMs: 0, workDone: 0 }], 100)).toBeNull();
  expect(
    secondsLeft(
      [
        { atMs: 0, workDone: 0 },
        { atMs: 2000, workDone: 50 },
      ],
      100,
    ),
  ).toBeNull();
  expect(
    secondsLeft(
      [
        { atMs: 0, workDone: 0 },
        { atMs: 20_000, workDone: 50 },
      ],
      100,
    ),
  ).toBe(40);
});
