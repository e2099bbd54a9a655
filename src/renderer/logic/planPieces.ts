/** Which piece of a converted file is fetched next. Times are seconds. */
import { LONGEST_PIECE } from '../../contract/playback.ts';

/** Seconds that are fetched ahead of the moment that is shown. */
const AHEAD_SEC = 20;
/** Seconds of a hole that a player leaps over by itself; rounding leaves smaller ones. */
const NO_HOLE_SEC = 0.08;

export interface Buffered {
  startSec: number;
  endSec: number;
}

/** 'all': everything up to the end is there; null: enough is there for now. */
export type NextPiece = { first: number; count: number } | 'all' | null;

/** The piece in which the moment lies or, where that is there, the one that goes on from it: short ones first, so that a picture is there soon. */
export function planPiece(
  atSec: number,
  buffered: readonly Buffered[],
  { durationSec, unitSec }: { durationSec: number; unitSec: number },
): NextPiece {
  const units = Math.max(1, Math.ceil(durationSec / unitSec - 1e-6));
  const here = Math.min(atSec, durationSec - 1e-3);
  const range = buffered.find(({ startSec, endSec }) => startSec <= here + NO_HOLE_SEC && endSec > here + 1e-3);
  const fromSec = range?.endSec ?? here;
  const first = Math.floor(fromSec / unitSec + 0.02);
  if (first >= units) return 'all';
  if (range && range.endSec - here > AHEAD_SEC) return null;
  const hereSec = range ? range.endSec - Math.max(range.startSec, here) : 0;
  const count = range ? Math.max(1, Math.min(LONGEST_PIECE, Math.round(hereSec / unitSec))) : 1;
  return { first, count: Math.min(count, units - first) };
}
