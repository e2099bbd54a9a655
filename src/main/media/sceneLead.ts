/** Where decoding begins so that a search for scenes goes on as if it had never been broken off. */
import type { FrameTable, PartFrames } from './frameTable.ts';

export interface Lead {
  /** Seconds as ffmpeg counts them. */
  seekSec: number;
  /** The first frame that comes is not later than this: seconds on the file's clock. */
  latestSec: number;
}

/** A decision about a cut leans on what was shown before it: this many seconds, and this many frames. */
const LEAD_SEC = 2;
const LEAD_FRAMES = 12;

/** The index of the first frame of the stretch that is shown after `timeSec`; its end where there is none. */
export function firstAfter({ timesSec }: FrameTable, { first, end }: PartFrames, timeSec: number): number {
  let index = first;
  while (index < end && (timesSec[index] as number) <= timeSec) index++;
  return index;
}

/** @returns null where the stretch is read from its beginning: it is new, or its frames have no times to seek by */
export function leadInto(
  table: FrameTable,
  stretch: PartFrames,
  { firstNew, keyframesOnly }: { firstNew: number; keyframesOnly: boolean },
): Lead | null {
  const { part, first, source } = stretch;
  const { video, seekOriginSec } = part.streams;
  if (firstNew === first || source === 'order' || video === null) return null;
  const shown = keyframesOnly ? table.keyframes.filter((index) => index >= first && index <= firstNew) : null;
  const before = shown === null ? firstNew - LEAD_FRAMES : (shown.at(-LEAD_FRAMES) ?? first);
  const wantedSec = (table.timesSec[firstNew] as number) - LEAD_SEC;
  let index = Math.max(first, before);
  while (index > first && (table.timesSec[index] as number) > wantedSec) index--;
  const seekSec = (table.marks[index] as number) * video.timeBase - seekOriginSec;
  if (index === first || seekSec <= 0) return null;
  return { seekSec, latestSec: (table.timesSec[index] as number) + 1e-3 };
}
