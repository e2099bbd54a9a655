/** One attempt at a job: what its kind's `run` is given. */
import type { JobResult } from '../../../contract/index.ts';
import type { StoredJob } from '../../ports/libraryApi.ts';

export interface JobAttempt<Payload = unknown> {
  job: StoredJob;
  /** What is to be done, as the last checkpoint left it. */
  payload: Payload;
  /** Aborted with a PausedSignal or a PlayheadError `cancelled`; a runner stops at its next step. */
  signal: AbortSignal;
  /** `fraction` from 0 to 1; `stage` in words. */
  progress(fraction: number, stage: string): Promise<void>;
  /** Replaces the payload, so that a run after a kill or a pause goes on from here. */
  checkpoint(payload: Payload): Promise<void>;
  /** Between two steps, after a checkpoint: throws a PausedSignal when a job that goes before this one waits. */
  giveWay(): Promise<void>;
  /** Names the file that the job turned out to be about. */
  attachTo(mediaId: string): Promise<void>;
  /** Leaves a result behind even when the run then ends early. */
  finishWith(result: JobResult): Promise<void>;
}

/** The reason of an abort that is not the end: the job is taken up again later. */
export class PausedSignal extends Error {
  /** `turn`: another job goes first, this one is next or later. */
  readonly why: 'paused' | 'shutdown' | 'turn';

  constructor(why: 'paused' | 'shutdown' | 'turn' = 'paused') {
    super('paused');
    this.name = 'PausedSignal';
    this.why = why;
  }
}

export function attemptAt(
  { job, signal }: Pick<JobAttempt, 'job' | 'signal'>,
  change: (fields: Partial<StoredJob>) => Promise<void>,
  next: () => Promise<StoredJob | null>,
): Omit<JobAttempt, 'payload'> {
  return {
    ...{ job, signal },
    progress: (fraction, stage) => change({ progress: Math.min(1, Math.max(0, fraction)), stage }),
    // It got on: earlier ends of the process were not its fault.
    checkpoint: (reached) => change({ payload: reached, attempts: 1 }),
    async giveWay() {
      const waiting = await next();
      if (waiting && waiting.priority > job.priority) throw new PausedSignal('turn');
    },
    attachTo: (mediaId) => change({ mediaId }),
    finishWith: (result: JobResult) => change({ result }),
  };
}
