/** Every step of a job has a time limit: a drive that does not answer, or a helper that hangs, costs its step alone. */
import { PlayheadError } from '../../contract/errors.ts';
import { unlessAborted } from './unlessAborted.ts';

export interface Step {
  /** What is done, as the beginning of a sentence: "Hashing the file". */
  what: string;
  file?: string;
  /** Seconds, far more than it ever takes on a slow machine. */
  limitSec: number;
}

/** The limit of a call by its name and arguments; null for one without. */
export type LimitOf = (name: string, args: unknown[]) => Step | Promise<Step> | null;

export interface RunningLimit {
  /** Fires at the limit with PlayheadError `time-limit`, and when the caller's own signal does. */
  signal: AbortSignal;
  /** The step has ended. */
  clear(): void;
}

/** Seconds: what a timer of Node can count to is a little more. */
const LONGEST_SEC = 24 * 86_400;

/** Bytes a second of a drive that is slow, but answers. */
export const SLOW_DRIVE = 1e6;

export function startLimit(step: Step, signal?: AbortSignal): RunningLimit {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(tookTooLong(step)), Math.min(step.limitSec, LONGEST_SEC) * 1000);
  return {
    signal: signal ? AbortSignal.any([signal, limit.signal]) : limit.signal,
    clear: () => clearTimeout(timer),
  };
}

/**
 * @param work is given a signal that fires at the limit, and when `signal` does; one that does not hear it is left behind
 * @throws PlayheadError `time-limit` that names the file; the reason of `signal`; what `work` throws
 */
export async function withTimeLimit<T>(
  step: Step,
  work: (signal: AbortSignal) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const limit = startLimit(step, signal);
  try {
    limit.signal.throwIfAborted();
    return await unlessAborted(work(limit.signal), limit.signal);
  } finally {
    limit.clear();
  }
}

function tookTooLong({ what, file, limitSec }: Step): PlayheadError {
  return new PlayheadError({
    code: 'time-limit',
    message: `${what} took longer than ${limitSec < 1 ? limitSec : Math.round(limitSec)} s.`,
    ...(file === undefined ? {} : { file }),
    hint: 'Try again; if it happens every time, the drive or the machine may be too slow for it.',
  });
}
