/** Another try after a pause, as long as something comes: it gives up only after several tries that brought nothing. */
import { setTimeout as wait } from 'node:timers/promises';
import { HttpFailure } from './httpFailure.ts';
import { isPassing } from './pullErrors.ts';

export interface Patience {
  /** Tries in a row that bring nothing. */
  tries: number;
  /** Milliseconds before the second try; doubled for each further one. */
  firstPauseMs: number;
  longestPauseMs: number;
}

export const usualPatience: Patience = { tries: 7, firstPauseMs: 500, longestPauseMs: 60_000 };
/** A server that asks for more is told to the person instead. */
const longestAskedMs = 15 * 60_000;

export interface Retrying {
  patience: Patience;
  signal: AbortSignal | undefined;
  /** Grows while something comes. */
  reached(): number;
  onWait(waitMs: number): void;
}

/** @param work gets how many tries in a row brought nothing. @throws what the last try threw */
export async function withRetries<T>(retrying: Retrying, work: (failures: number) => Promise<T>): Promise<T> {
  const { patience, signal, reached, onWait } = retrying;
  for (let failures = 0; ; ) {
    const before = reached();
    try {
      signal?.throwIfAborted();
      return await work(failures);
    } catch (thrown) {
      signal?.throwIfAborted();
      failures = reached() > before ? 1 : failures + 1;
      const pause = pauseAfter(thrown, failures, patience);
      if (!isPassing(thrown) || failures >= patience.tries || pause > longestAskedMs) throw thrown;
      onWait(pause);
      await wait(pause, undefined, { signal });
    }
  }
}

function pauseAfter(thrown: unknown, failures: number, { firstPauseMs, longestPauseMs }: Patience): number {
  const own = Math.min(longestPauseMs, firstPauseMs * 2 ** (failures - 1));
  return thrown instanceof HttpFailure ? Math.max(thrown.waitMs ?? 0, own) : own;
}
