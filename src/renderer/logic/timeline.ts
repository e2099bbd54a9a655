/** Ranges and ticks on a file's clock, in seconds. What the timeline shows of it is in `timelineView.ts`. */
import type { Segment } from '../../contract/media.ts';

export function clampTime(sec: number, durationSec: number): number {
  return Math.min(Math.max(0, sec), Math.max(0, durationSec));
}

/** The segment that holds a moment; the last one also holds its own end. Segments are in order. */
export function segmentAt<S extends Segment>(segments: readonly S[], sec: number): S | null {
  const inside = segments.find((segment) => sec >= segment.startSec && sec < segment.endSec);
  if (inside) return inside;
  const last = segments.at(-1);
  return last && sec >= last.startSec && sec <= last.endSec + 0.5 ? last : null;
}

/** The shortest clip a person can select, in seconds. */
export const SHORTEST_RANGE_SEC = 0.2;

/** The range between two moments in either order, inside the file; null when it is too short to mean anything. */
export function rangeBetween(a: number, b: number, durationSec: number): Segment | null {
  const startSec = roundTime(clampTime(Math.min(a, b), durationSec));
  const endSec = roundTime(clampTime(Math.max(a, b), durationSec));
  return endSec - startSec >= SHORTEST_RANGE_SEC ? { startSec, endSec } : null;
}

/** `[`: the clip begins here; it keeps its end where that lies later, else it goes to the end of the file. */
export function withStart(range: Segment | null, sec: number, durationSec: number): Segment | null {
  const end = range && range.endSec > sec ? range.endSec : durationSec;
  return rangeBetween(sec, end, durationSec) ?? range;
}

/** `]`: the clip ends here; it keeps its start where that lies earlier, else it begins at 0. */
export function withEnd(range: Segment | null, sec: number, durationSec: number): Segment | null {
  const start = range && range.startSec < sec ? range.startSec : 0;
  return rangeBetween(start, sec, durationSec) ?? range;
}

export function sameRange(a: Segment | null, b: Segment | null): boolean {
  return a === b || (a !== null && b !== null && near(a.startSec, b.startSec) && near(a.endSec, b.endSec));
}

export function overlaps(a: Segment, b: Segment): boolean {
  return a.startSec < b.endSec && b.startSec < a.endSec;
}

/** Seconds between two labelled ticks, so that about one label fits in `labelWidthPx`. @param lengthSec what is shown */
export function tickStep(lengthSec: number, widthPx: number, labelWidthPx = 90): number {
  const steps = [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200];
  const wanted = (lengthSec * labelWidthPx) / Math.max(1, widthPx);
  return steps.find((step) => step >= wanted) ?? 14400;
}

/** The ticks within a view. */
export function ticksIn(view: Segment, step: number): number[] {
  const first = Math.ceil(view.startSec / step - 1e-6);
  const count = Math.max(0, Math.floor(view.endSec / step + 1e-6) - first + 1);
  return Array.from({ length: count }, (_, i) => roundTime((first + i) * step));
}

/** The range with one of its edges at another moment; it never gets shorter than a clip may be, or leaves the file. */
export function withEdge(
  range: Segment,
  edge: 'startSec' | 'endSec',
  to: { sec: number; durationSec: number },
): Segment {
  const { sec, durationSec } = to;
  if (edge === 'startSec') {
    const startSec = roundTime(clampTime(Math.min(sec, range.endSec - SHORTEST_RANGE_SEC), durationSec));
    return { startSec, endSec: range.endSec };
  }
  const endSec = roundTime(clampTime(Math.max(sec, range.startSec + SHORTEST_RANGE_SEC), durationSec));
  return { startSec: range.startSec, endSec };
}

function roundTime(sec: number): number {
  return Math.round(sec * 1000) / 1000;
}

function near(a: number, b: number): boolean {
  return Math.abs(a - b) < 0.01;
}
