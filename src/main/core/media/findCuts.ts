/**
 * Finds hard cuts in a row of tiny frames. Pure.
 *
 * A cut changes most of the picture at once and for good. A thing that moves, appears or blinks changes its own
 * area only; a flash changes everything but comes back; a pan changes much, but no more than the frames around it.
 */

export interface FrameChange {
  /** Share of pixels that differ clearly from the frame before, 0 to 1. */
  share: number;
  /** Mean difference over all pixels and colours, 0 to 255. */
  mean: number;
}

/** A pixel has changed when its colours together moved by more than this (of 765). */
const PIXEL_CHANGE = 24;
/** Two scenes on much the same background differ in little more than a third of the picture. */
const MIN_SHARE = 0.35;
const MIN_MEAN = 6;
/** A cut stands out from the motion around it by this factor. */
const ABOVE_MOTION = 3;
/** Frames on either side whose motion counts. */
const NEIGHBOURS = 6;

/** @param a, b rgb24 of one size */
export function compareFrames(a: Uint8Array, b: Uint8Array): FrameChange {
  let changed = 0;
  let sum = 0;
  for (let i = 0; i < a.length; i += 3) {
    const difference =
      Math.abs((a[i] as number) - (b[i] as number)) +
      Math.abs((a[i + 1] as number) - (b[i + 1] as number)) +
      Math.abs((a[i + 2] as number) - (b[i + 2] as number));
    if (difference > PIXEL_CHANGE) changed++;
    sum += difference;
  }
  return { share: changed / (a.length / 3), mean: sum / a.length };
}

/**
 * @param frames rgb24, all of one size, in order
 * @param flashFrames a change that is gone after so many frames is a flash, not a cut
 * @returns indices of the first frame of each new scene
 */
export function findCuts(frames: readonly Uint8Array[], flashFrames: number): number[] {
  const changes = frames.map((frame, i) =>
    i === 0 ? { share: 0, mean: 0 } : compareFrames(frames[i - 1] as Uint8Array, frame),
  );
  const cuts: number[] = [];
  for (const [i, change] of changes.entries()) {
    if (change.share < MIN_SHARE || change.mean < MIN_MEAN) continue;
    if (change.mean < ABOVE_MOTION * motionAround(changes, i)) continue;
    if (!isFlash(frames, i, flashFrames)) cuts.push(i);
  }
  return cuts;
}

/** Median change of the neighbours: other cuts nearby do not count as motion. */
function motionAround(changes: readonly FrameChange[], i: number): number {
  const around = [...changes.slice(Math.max(1, i - NEIGHBOURS), i), ...changes.slice(i + 1, i + 1 + NEIGHBOURS)];
  const means = around.map((change) => change.mean).sort((a, b) => a - b);
  return means[Math.floor(means.length / 2)] ?? 0;
}

/** The old picture is back within a few frames, or this change is the way back from a flash. */
function isFlash(frames: readonly Uint8Array[], i: number, flashFrames: number): boolean {
  const isSame = (a: number, b: number) => {
    const [first, second] = [frames[a], frames[b]];
    return first !== undefined && second !== undefined && compareFrames(first, second).share < MIN_SHARE / 2;
  };
  for (let away = 1; away <= flashFrames; away++) {
    if (isSame(i - 1, i + away) || isSame(i - 1 - away, i)) return true;
  }
  return false;
}
