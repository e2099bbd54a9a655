/** When somebody speaks, from how likely it is at each step. Pure. */
import type { Segment } from '../../../contract/index.ts';
import { stepSec } from './speechModel.ts';

export interface SpeechSpan extends Segment {
  /** The mean likelihood of its steps, 0 to 1. */
  confidence: number;
}

/** A span begins at this likelihood, and ends below the lower one (both of Silero's own). */
const begins = 0.5;
const ends = 0.35;
/** Seconds: a pause for breath ends no span. */
const longestPause = 0.4;
/** Seconds: bells, knocks and clicks were taken for speech for up to 0.3 s. A single short word is lost with them. */
const shortestSpan = 0.4;

/** @param likelihoods one a step, from `startSec` on @returns spans in seconds, none beyond `endSec` */
export function speechSpans(likelihoods: readonly number[], { startSec, endSec }: Segment): SpeechSpan[] {
  return joinOverPauses(likelySteps(likelihoods))
    .map(({ first, after }) => ({
      startSec: startSec + first * stepSec,
      endSec: Math.min(endSec, startSec + after * stepSec),
      confidence: mean(likelihoods.slice(first, after)),
    }))
    .filter((span) => span.endSec - span.startSec >= shortestSpan);
}

/** Steps by their numbers; `after` is the first one behind. */
interface Steps {
  first: number;
  after: number;
}

function likelySteps(likelihoods: readonly number[]): Steps[] {
  const found: Steps[] = [];
  let isOpen = false;
  for (const [at, likelihood] of likelihoods.entries()) {
    const last = found.at(-1);
    if (isOpen && last && likelihood >= ends) last.after = at + 1;
    else {
      isOpen = likelihood >= begins;
      if (isOpen) found.push({ first: at, after: at + 1 });
    }
  }
  return found;
}

function joinOverPauses(steps: readonly Steps[]): Steps[] {
  const joined: Steps[] = [];
  for (const { first, after } of steps) {
    const last = joined.at(-1);
    if (last && (first - last.after) * stepSec <= longestPause) last.after = after;
    else joined.push({ first, after });
  }
  return joined;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
