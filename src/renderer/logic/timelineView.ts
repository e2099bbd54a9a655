/** The stretch of a file that its timeline shows. Times are seconds; a fraction is of the timeline's width. */
import type { Segment } from '../../contract/media.ts';

/** Frames that are shown at once at the closest: each is wide enough for a still of its own. */
const FEWEST_FRAMES = 10;

/** The shortest stretch that is shown of a file. @param fps 0 for sound, which is shown down to a tenth of a second */
export function shortestView(fps: number): number {
  return fps > 0 ? FEWEST_FRAMES / fps : 0.1;
}

export function wholeView(durationSec: number): Segment {
  return { startSec: 0, endSec: durationSec };
}

/** Moved so that it lies within the file. */
function within(startSec: number, lengthSec: number, durationSec: number): Segment {
  const length = Math.min(lengthSec, durationSec);
  const start = Math.min(Math.max(0, startSec), durationSec - length);
  return { startSec: start, endSec: start + length };
}

/** @param factor over 1 shows less, nearer. @param aroundSec the moment that stays where it is on the screen */
export function zoomView(
  view: Segment,
  { factor, aroundSec }: { factor: number; aroundSec: number },
  { durationSec, shortestSec }: { durationSec: number; shortestSec: number },
): Segment {
  const lengthSec = view.endSec - view.startSec;
  if (!(lengthSec > 0) || !(durationSec > 0)) return wholeView(durationSec);
  const shortest = Math.min(shortestSec, durationSec);
  const wanted = Math.min(durationSec, Math.max(shortest, lengthSec / factor));
  const share = (aroundSec - view.startSec) / lengthSec;
  return within(aroundSec - share * wanted, wanted, durationSec);
}

export function panView(view: Segment, bySec: number, durationSec: number): Segment {
  return within(view.startSec + bySec, view.endSec - view.startSec, durationSec);
}

/** The view that holds a moment: turned like a page when it has run out at an edge. */
export function viewWith(view: Segment, sec: number, durationSec: number): Segment {
  if (sec >= view.startSec && sec <= view.endSec) return view;
  const lengthSec = view.endSec - view.startSec;
  return within(sec - (sec > view.endSec ? 0.05 : 0.95) * lengthSec, lengthSec, durationSec);
}

/** Where a moment stands; below 0 and over 1 outside. */
export function placeOf(view: Segment, sec: number): number {
  return (sec - view.startSec) / Math.max(1e-9, view.endSec - view.startSec);
}

export function secAt(view: Segment, fraction: number): number {
  return view.startSec + fraction * (view.endSec - view.startSec);
}

/** Where a range stands, as CSS percentages, cut at the edges of the view; null outside. */
export function boxIn(view: Segment, range: Segment): { left: string; width: string } | null {
  const left = Math.max(0, placeOf(view, range.startSec));
  const right = Math.min(1, placeOf(view, range.endSec));
  if (left > 1 || right < 0 || right < left) return null;
  return { left: `${left * 100}%`, width: `${(right - left) * 100}%` };
}

/** Close enough to each other that a still is never much wider than its picture. */
const STEPS = [1, 1.5, 2, 3, 4, 6, 8];
const STILL_STEPS_MS = [
  20,
  30,
  40,
  60,
  80,
  ...[100, 1000, 10_000, 100_000].flatMap((unit) => STEPS.map((s) => s * unit)),
];

/** Milliseconds between two stills, so that each is at least `stillPx` wide. */
export function stillStep(view: Segment, widthPx: number, stillPx: number): number {
  const wanted = ((view.endSec - view.startSec) * 1000 * stillPx) / Math.max(1, widthPx);
  return STILL_STEPS_MS.find((step) => step >= wanted) ?? 1_000_000;
}
