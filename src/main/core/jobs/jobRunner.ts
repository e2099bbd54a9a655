import type { JobResult } from '../../../contract/index.ts';
import type { StoredJob } from '../ports/libraryApi.ts';

/** What a runner may do while it works. */
export interface JobContext {
  job: StoredJob;
  /** Aborted with a PausedSignal or a PlayheadError `cancelled`; a runner stops at its next step. */
  signal: AbortSignal;
  /** `fraction` from 0 to 1; `stage` in words. */
  progress(fraction: number, stage: string): Promise<void>;
  /** Replaces the payload, so that a run after a kill or a pause goes on from here. */
  checkpoint(payload: unknown): Promise<void>;
  /** Between two steps, after a checkpoint: throws a PausedSignal when a job that goes before this one waits. */
  giveWay(): Promise<void>;
  /** Names the file that the job turned out to be about. */
  attachTo(mediaId: string): Promise<void>;
  /** Leaves a result behind even when the run then ends early. */
  finishWith(result: JobResult): Promise<void>;
}

export type JobRunner = (job: StoredJob, context: JobContext) => Promise<JobResult>;

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
