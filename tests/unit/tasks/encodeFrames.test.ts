import { expect, test } from 'vitest';
import { distinctFrames } from '../../../src/main/answering/tasks/encodeFrames.ts';

test('equal frames are found by their pixels, whatever object holds them', () => {
  const frame = (value: number, width = 2) => ({ width, height: 1, data: new Uint8Array(width * 3).fill(value) });
  const frames = [frame(1), frame(2), frame(1), frame(1, 3), frame(2)];
  const { distinct, indices } = distinctFrames(frames);
  expect(distinct).toEqual([frames[0], frames[1], frames[3]]);
  expect(indices).toEqual([0, 1, 0, 2, 1]);
});
