import { describe, expect, it } from 'vitest';
import { formatTick } from '../../../src/renderer/logic/format.ts';
import {
  rangeBetween,
  segmentAt,
  tickStep,
  ticksIn,
  withEdge,
  withEnd,
  withStart,
} from '../../../src/renderer/logic/timeline.ts';

const segments = [
  { startSec: 0, endSec: 4, name: 'a' },
  { startSec: 4, endSec: 10, name: 'b' },
];

describe('the timeline', () => {
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

  it('moves one edge of a clip, which stays in the file and long enough to be one', () => {
    const range = { startSec: 2, endSec: 6 };
    expect(withEdge(range, 'startSec', { sec: 3.3333333, durationSec: 10 })).toEqual({ startSec: 3.333, endSec: 6 });
    expect(withEdge(range, 'startSec', { sec: 9, durationSec: 10 })).toEqual({ startSec: 5.8, endSec: 6 });
    expect(withEdge(range, 'endSec', { sec: 1, durationSec: 10 })).toEqual({ startSec: 2, endSec: 2.2 });
    expect(withEdge(range, 'endSec', { sec: 99, durationSec: 10 })).toEqual({ startSec: 2, endSec: 10 });
  });

  it('spaces the ticks by round seconds so that labels fit, down to parts of a second', () => {
    expect(tickStep(60, 900)).toBe(10);
    expect(tickStep(7200, 900)).toBe(900);
    expect(tickStep(5, 900)).toBe(0.5);
    expect(ticksIn({ startSec: 0, endSec: 60 }, 10)).toEqual([0, 10, 20, 30, 40, 50, 60]);
    expect(ticksIn({ startSec: 12.34, endSec: 12.62 }, 0.1)).toEqual([12.4, 12.5, 12.6]);
    expect([formatTick(12.4, 0.1), formatTick(12.45, 0.05), formatTick(75, 15)]).toEqual(['0:12.4', '0:12.45', '1:15']);
  });
});
