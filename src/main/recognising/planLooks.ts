/** Which moments of a segment are looked at. */
import type { Segment } from '../../contract/index.ts';
import type { RecogniseInput } from '../ports/recogniserHostApi.ts';

/** One frame to look at, and the stretch of the segment it stands for. Seconds. */
export interface Look {
  /** The frame's own time: the middle of its stretch. */
  atSec: number;
  endSec: number;
}

/** Seconds between two looks: titles stay longer than that. */
const pace = 2.5;

/** How many frames of a video's segment are worth a look: one every 2.5 s, from two to twelve. */
export function framesForSegment({ startSec, endSec }: Segment): number {
  return Math.min(12, Math.max(2, Math.ceil((endSec - startSec) / pace)));
}

/** `frames` looks, spread evenly over the segment; a picture has one. */
export function planLooks({ kind, segment, frames }: Pick<RecogniseInput, 'kind' | 'segment' | 'frames'>): Look[] {
  if (kind === 'image') return [{ atSec: 0, endSec: segment.endSec }];
  const count = Math.max(1, Math.floor(frames ?? framesForSegment(segment)));
  const stretch = (segment.endSec - segment.startSec) / count;
  return Array.from({ length: count }, (_, i) => ({
    atSec: segment.startSec + (i + 0.5) * stretch,
    endSec: segment.startSec + (i + 1) * stretch,
  }));
}
