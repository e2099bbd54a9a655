/**
 * Which frames VideoLLaMA 2 looks at. Pure arithmetic, equal to the reference's `process_video` and
 * `frame_sample` (DAMO-NLP-SG/VideoLLaMA2, `videollama2/mm_utils.py`, uniform mode).
 */

/** The reference never gives a model more frames than this. */
export const MAX_FRAMES = 32;

/** First and last frame index, both included. */
export interface FrameRange {
  first: number;
  last: number;
}

/**
 * The frames that a range in seconds covers.
 * `startSec > endSec` is swapped; equal values mean one second. Where the reference's range comes out empty
 * (it fails there), the nearest existing frame is taken.
 * @param frameCount frames in the whole file, at least 1
 * @param fps average frames per second
 */
export function frameRange(
  frameCount: number,
  fps: number,
  segment?: { startSec: number; endSec: number },
): FrameRange {
  const lastFrame = Math.max(frameCount - 1, 0);
  if (segment === undefined) return { first: 0, last: lastFrame };
  const [startSec, endSec] = orderedRange(Math.max(segment.startSec, 0), Math.max(segment.endSec, 0));
  const first = Math.min(Math.max(Math.trunc(startSec * fps) - 1, 0), lastFrame);
  const last = Math.min(Math.trunc(endSec * fps) - 1, lastFrame);
  return { first, last: Math.max(first, last) };
}

/**
 * Indices of `numFrames` frames spread evenly over a range; a range shorter than `numFrames` repeats indices.
 * @returns at most {@link MAX_FRAMES} indices into the file, in order
 */
export function sampleFrameIndices(range: FrameRange, numFrames: number): number[] {
  const duration = range.last - range.first + 1; // frames in the range
  const segmentSize = (duration - 1) / numFrames;
  const indices: number[] = [];
  for (let i = 0; i < Math.min(numFrames, MAX_FRAMES); i++) {
    const middle = (segmentSize * i + segmentSize * (i + 1)) / 2; // the reference's own order of operations
    indices.push(range.first + roundHalfToEven(middle + 1e-6));
  }
  return indices;
}

/** numpy's `round`: halves go to the even neighbour. */
export function roundHalfToEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

function orderedRange(a: number, b: number): [number, number] {
  if (a === b) return [a, a + 1];
  return a < b ? [a, b] : [b, a];
}
