/** Which moments of a segment are looked at. */
import type { RecogniseInput } from '../ports/recogniserHostApi.ts';

/** One frame to look at, and the stretch of the segment it stands for. Seconds. */
export interface Look {
  /** The frame's own time: the middle of its stretch. */
  atSec: number;
  endSec: number;
}

/** `frames` looks, spread evenly over the segment; a picture has one. */
export function planLooks({ kind, segment, frames }: Pick<RecogniseInput, 'kind' | 'segment' | 'frames'>): Look[] {
  if (kind === 'image') return [{ atSec: 0, endSec: segment.endSec }];
  const count = Math.max(1, Math.floor(frames));
  const stretch = (segment.endSec - segment.startSec) / count;
  return Array.from({ length: count }, (_, i) => ({
    atSec: segment.startSec + (i + 0.5) * stretch,
    endSec: segment.startSec + (i + 1) * stretch,
  }));
}

/** At most `limit` of the numbers below `count`, spread evenly and including the first and the last. */
export function spreadEvenly(count: number, limit: number): Set<number> {
  if (count <= limit) return new Set(Array.from({ length: count }, (_, i) => i));
  return new Set(Array.from({ length: limit }, (_, i) => Math.round((i * (count - 1)) / (limit - 1))));
}
