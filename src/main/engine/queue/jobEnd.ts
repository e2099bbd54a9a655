/** How a job is left behind when it does not end well. */
import { PlayheadError, toErrorInfo } from '../../../contract/index.ts';
import type { StoredJob } from '../../ports/libraryApi.ts';
import { PausedSignal } from './jobAttempt.ts';

export const queuedState = { state: 'queued', stage: 'waiting' } as const;
export const pausedState = { state: 'paused', stage: 'paused' } as const;
export const cancelledState = { state: 'cancelled', stage: 'cancelled' } as const;

export function endOf(thrown: unknown): Partial<StoredJob> {
  if (thrown instanceof PausedSignal) {
    const attempts = 0; // what was stopped in order is no failed attempt
    return { ...(thrown.why === 'paused' ? pausedState : queuedState), attempts };
  }
  const error = toErrorInfo(thrown);
  return error.code === 'cancelled' ? cancelledState : { state: 'failed', stage: 'failed', error };
}

/** A full disk is nobody's fault and soon over: the attempt does not count. */
export function waitingForRoom({ attempts }: StoredJob): Partial<StoredJob> {
  return { state: 'queued', stage: 'waiting: the disk is full', attempts };
}

/** What the job was to do was in the library's file, and cannot be read there: it was damaged, or written otherwise. */
export function unreadableJob({ title, payload }: StoredJob, cause: unknown): PlayheadError {
  return new PlayheadError(
    {
      code: 'library-damaged',
      message:
        payload === null
          ? `The record of this job was damaged on the disk: ${title}.`
          : `The record of this job cannot be read by this version of Playhead: ${title}.`,
      hint: 'Start it again.',
    },
    { cause },
  );
}
