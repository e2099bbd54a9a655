/**
 * Finds hard cuts in tiny frames as they come, holding no more than a second of them.
 *
 * A cut changes most of the picture at once and for good. A thing that moves, appears or blinks changes its own
 * area only; a flash changes everything but comes back; a pan changes much, but no more than the frames around it.
 */

export interface TimedFrame {
  timeSec: number;
  /** rgb24, all of one size. */
  data: Uint8Array;
}

export interface FrameChange {
  /** Share of pixels that differ clearly from the frame before, 0 to 1. */
  share: number;
  /** Mean difference over all pixels and colours, 0 to 255. */
  mean: number;
}

/** Looks per second, whatever the rate of the video. */
export const LOOKS_PER_SEC = 12.5;
/** Looks; a change that is gone sooner (a quarter of a second) is a flash. */
const FLASH_LOOKS = 3;
/** A pixel has changed when its colours together moved by more than this (of 765). */
const PIXEL_CHANGE = 24;
/** Two scenes on much the same background differ in little more than a third of the picture. */
const MIN_SHARE = 0.35;
const MIN_MEAN = 6;
/** A cut stands out from the motion around it by this factor. */
const ABOVE_MOTION = 3;
/** Looks on either side whose motion counts. */
const NEIGHBOURS = 6;
/** Looks at a picture that stands still: more than these change no decision. */
const LONGEST_STILL = 2 * NEIGHBOURS;

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

/** What is on the screen at one look: the last of the frames that came since the look before. */
interface Look {
  frames: TimedFrame[];
  shown: Uint8Array;
  /** Against the look before; null for the first. */
  change: FrameChange | null;
}

export interface SceneCutter {
  /** Takes the frames in time order. */
  push(frame: TimedFrame): void;
  /** Decides on the last ones. */
  end(): void;
  /** Seconds up to which every cut has been told; before the first one, minus infinity. */
  readonly decidedSec: number;
}

const NO_CHANGE: FrameChange = { share: 0, mean: 0 };

/**
 * @param onCut hears when each new scene begins, in seconds and in order: the time of its first frame
 */
export function createSceneCutter(onCut: (timeSec: number) => void): SceneCutter {
  const looks: Look[] = []; // the last few, of which `next` is to be decided
  let next = 0;
  let waiting: TimedFrame[] = [];
  let lookNumber = 0;
  let decidedSec = Number.NEGATIVE_INFINITY;

  function push(frame: TimedFrame): void {
    const number = Math.floor(frame.timeSec * LOOKS_PER_SEC + 0.5);
    if (waiting.length > 0 && number > lookNumber) {
      look(waiting);
      const still = Math.min(number - lookNumber - 1, LONGEST_STILL);
      for (let i = 0; i < still; i++) look([]);
      waiting = [];
    }
    lookNumber = Math.max(number, lookNumber);
    waiting.push(frame);
  }

  function look(frames: TimedFrame[]): void {
    const before = looks.at(-1)?.shown;
    const shown = frames.at(-1)?.data ?? before;
    if (shown === undefined) return;
    looks.push({ frames, shown, change: before ? changeTo(shown, before) : null });
    while (looks.length - 1 - next >= NEIGHBOURS) decide();
  }

  function decide(): void {
    if (isCut(looks, next)) onCut(firstChanged(looks, next));
    decidedSec = looks[next]?.frames.at(-1)?.timeSec ?? decidedSec;
    next++;
    const spare = next - NEIGHBOURS - 1;
    if (spare > 0) {
      looks.splice(0, spare);
      next -= spare;
    }
  }

  return {
    push,
    get decidedSec() {
      return decidedSec;
    },
    end() {
      if (waiting.length > 0) look(waiting);
      while (next < looks.length) decide();
    },
  };
}

function changeTo(shown: Uint8Array, before: Uint8Array): FrameChange {
  return shown === before ? NO_CHANGE : compareFrames(before, shown);
}

function isCut(looks: readonly Look[], i: number): boolean {
  const { change } = looks[i] as Look;
  if (change === null || change.share < MIN_SHARE || change.mean < MIN_MEAN) return false;
  return change.mean >= ABOVE_MOTION * motionAround(looks, i) && !isFlash(looks, i);
}

/** Median change of the neighbours: other cuts nearby do not count as motion. */
function motionAround(looks: readonly Look[], i: number): number {
  const around = [...looks.slice(Math.max(0, i - NEIGHBOURS), i), ...looks.slice(i + 1, i + 1 + NEIGHBOURS)];
  const means = around.flatMap((look) => look.change?.mean ?? []).sort((a, b) => a - b);
  return means[Math.floor(means.length / 2)] ?? 0;
}

/** The old picture is back within a few looks, or this change is the way back from a flash. */
function isFlash(looks: readonly Look[], i: number): boolean {
  const isSame = (a: number, b: number) => {
    const [first, second] = [looks[a]?.shown, looks[b]?.shown];
    return first !== undefined && second !== undefined && compareFrames(first, second).share < MIN_SHARE / 2;
  };
  for (let away = 1; away <= FLASH_LOOKS; away++) {
    if (isSame(i - 1, i + away) || isSame(i - 1 - away, i)) return true;
  }
  return false;
}

/** The first frame of the new scene: the looks are a twelfth of a second apart, the frames less. */
function firstChanged(looks: readonly Look[], i: number): number {
  const before = (looks[i - 1] as Look).shown;
  const { frames } = looks[i] as Look;
  const first = frames.find((frame) => compareFrames(before, frame.data).share >= MIN_SHARE) ?? frames.at(-1);
  return (first as TimedFrame).timeSec;
}
