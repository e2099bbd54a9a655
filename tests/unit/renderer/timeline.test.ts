import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  boxOf,
  filmStrip,
  fractionOf,
  rangeBetween,
  segmentAt,
  tickStep,
  timeAt,
  withEnd,
  withStart,
} from '../../../src/renderer/logic/timeline.ts';

const segments = [
  { startSec: 0, endSec: 4, name: 'a' },
  { startSec: 4, endSec: 10, name: 'b' },
];

describe('the timeline', () => {
  it('turns a time into a fraction of the width and back', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0.1, max: 1e5, noNaN: true }),
        (f, d) => {
          expect(fractionOf(timeAt(f, d), d)).toBeCloseTo(f, 6);
        },
      ),
    );
  });

  it('keeps everything inside the file', () => {
    expect(timeAt(1.4, 10)).toBe(10);
    expect(timeAt(-0.2, 10)).toBe(0);
    expect(fractionOf(3, 0)).toBe(0);
    expect(boxOf({ startSec: 5, endSec: 50 }, 10)).toEqual({ left: '50%', width: '50%' });
  });

  it('gives a moment on a border to the segment that begins there, and the end to the last', () => {
    expect(segmentAt(segments, 4)?.name).toBe('b');
    expect(segmentAt(segments, 10)?.name).toBe('b');
    expect(segmentAt(segments, 12)).toBeNull();
    expect(segmentAt([], 0)).toBeNull();
  });

  it('makes a range of two moments in either order, and none of a slip of the hand', () => {
    expect(rangeBetween(6, 2, 10)).toEqual({ startSec: 2, endSec: 6 });
    expect(rangeBetween(2, 99, 10)).toEqual({ startSec: 2, endSec: 10 });
    expect(rangeBetween(2, 2.1, 10)).toBeNull();
  });

  it('sets one end of the clip and keeps the other where it still makes sense', () => {
    const range = { startSec: 2, endSec: 6 };
    expect(withStart(range, 4, 10)).toEqual({ startSec: 4, endSec: 6 });
    expect(withStart(range, 7, 10)).toEqual({ startSec: 7, endSec: 10 });
    expect(withEnd(range, 4, 10)).toEqual({ startSec: 2, endSec: 4 });
    expect(withEnd(range, 1, 10)).toEqual({ startSec: 0, endSec: 1 });
    expect(withEnd(null, 3, 10)).toEqual({ startSec: 0, endSec: 3 });
    expect(withStart(range, 10, 10)).toEqual(range);
  });

  it('fills the film strip with the segment under the middle of each picture', () => {
    expect(filmStrip(segments, 10, 500, 100).map((s) => s?.name)).toEqual(['a', 'a', 'b', 'b', 'b']);
    expect(filmStrip(segments, 10, 20, 100)).toHaveLength(1);
  });

  it('spaces the ticks by round seconds so that labels fit', () => {
    expect(tickStep(60, 900)).toBe(10);
    expect(tickStep(7200, 900)).toBe(900);
    expect(tickStep(5, 900)).toBe(1);
  });
});
