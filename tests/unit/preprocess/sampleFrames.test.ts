import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  frameRange,
  MAX_FRAMES,
  roundHalfToEven,
  sampleFrameIndices,
} from '../../../src/main/answering/preprocess/sampleFrames.ts';
import { readJsonFixture } from './readFixture.ts';

interface Fixture {
  /** Over the lines "frames/samples:i,j,…" of every length from 1 to 5,000 and 8 and 16 samples (numpy). */
  tableSha256: string;
  known: Record<string, number[]>;
  ranges: { frames: number; fps: number; range: [number, number]; indices: number[] }[];
}
const fixture = readJsonFixture<Fixture>('frameIndices.json');

const sample = (frames: number, count: number) => sampleFrameIndices(frameRange(frames, 25), count);

describe('sampleFrameIndices', () => {
  it('equals the reference for every length from 1 to 5,000 frames and 8 and 16 samples', () => {
    const hash = createHash('sha256');
    for (const count of [8, 16]) {
      for (let frames = 1; frames <= 5000; frames++)
        hash.update(`${frames}/${count}:${sample(frames, count).join(',')}\n`);
    }
    expect(hash.digest('hex')).toBe(fixture.tableSha256);
  });

  it.each(Object.entries(fixture.known))('gives the known indices of %s', (key, indices) => {
    const [frames, count] = key.split('/').map(Number) as [number, number];
    expect(sample(frames, count)).toEqual(indices);
  });

  it('equals a naive restatement of the rule', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200_000 }), fc.integer({ min: 1, max: MAX_FRAMES }), (frames, count) => {
        const naive = Array.from(
          { length: count },
          (_, i) => Math.round(((frames - 1) / count) * (i + 0.5) + 1e-6), // a half plus 1e-6 is never a tie
        );
        expect(sample(frames, count)).toEqual(naive);
      }),
    );
  });

  it('stays inside the range, in order, and never gives more than 32', () => {
    fc.assert(
      fc.property(fc.nat(5000), fc.nat(5000), fc.integer({ min: 1, max: 100 }), (first, length, count) => {
        const indices = sampleFrameIndices({ first, last: first + length }, count);
        expect(indices).toHaveLength(Math.min(count, MAX_FRAMES));
        expect(indices.every((index, i) => index >= (indices[i - 1] ?? first) && index <= first + length)).toBe(true);
      }),
    );
  });
});

describe('frameRange', () => {
  it('follows the reference on two hundred ranges of odd lengths and rates', () => {
    for (const { frames, fps, range, indices } of fixture.ranges) {
      const [startSec, endSec] = range;
      expect(sampleFrameIndices(frameRange(frames, fps, { startSec, endSec }), 8)).toEqual(indices);
    }
  });

  it('takes the nearest frame where the reference finds none', () => {
    expect(frameRange(10, 10, { startSec: 50, endSec: 60 })).toEqual({ first: 9, last: 9 });
    expect(frameRange(10, 10, { startSec: 0, endSec: 0.01 })).toEqual({ first: 0, last: 0 });
    expect(frameRange(1, 0, { startSec: 0, endSec: 5 })).toEqual({ first: 0, last: 0 });
  });
});

it('roundHalfToEven rounds as numpy does', () => {
  expect([0.5, 1.5, 2.5, -1.5, 2.4, 2.6].map(roundHalfToEven)).toEqual([0, 2, 2, -2, 2, 3]);
});
