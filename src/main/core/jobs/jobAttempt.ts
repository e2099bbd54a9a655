/** One attempt at a job: what its runner is given, and how it is left behind. */
import { type Job, type JobResult, PlayheadError, toErrorInfo } from '../../../contract/index.ts';
import type { StoredJob } from '../ports/libraryApi.ts';
import { type JobContext, PausedSignal } from './jobRunner.ts';

export function contextOf(
  job: StoredJob,
  signal: AbortSignal,
  change: (fields: Partial<StoredJob>) => Promise<void>,
  next: () => Promise<StoredJob | null>,
): JobContext {
  return {
    signal,
    progress: (fraction, stage) => change({ progress: Math.min(1, Math.max(0, fraction)), stage }),
    // It got on: earlier ends of the process were not its fault.
    checkpoint: (payload) => change({ payload, attempts: 1 }),
    async giveWay() {
      const waiting = await next();
      if (waiting && waiting.priority > job.priority) throw new PausedSignal('turn');
    },
    attachTo: (mediaId) => change({ mediaId }),
    finishWith: (result: JobResult) => change({ result }),
    job,
  };
}

/** How a job that threw is left behind. */
export function endOf(thrown: unknown): Partial<StoredJob> {
  if (thrown instanceof PausedSignal) {
    return thrown.why === 'paused' ? { state: 'paused', stage: 'paused' } : { state: 'queued', stage: 'waiting' };
  }
  const error = toErrorInfo(thrown);
  return error.code === 'cancelled'
    ? { state: 'cancelled', stage: 'cancelled' }
    : { state: 'failed', stage: 'failed', error };
}

/** What the job was to do was in the library's file, and is not to be read there any more. */
export function damagedJob(title: string): PlayheadError {
  return new PlayheadError({
    code: 'library-damaged',
    message: `The record of this job was damaged on the disk: ${title}.`,
    hint: 'Start it again.',
  });
}

/** A job without what only the queue needs. */
export function publicJob({ payload, priority: _priority, attempts: _attempts, ...job }: StoredJob): Job {
  return { ...job, paths: pathsIn(payload) };
}

/** Indexing names its `path`, a scan its `paths`; other jobs, and one whose record was damaged, name none. */
function pathsIn(payload: unknown): string[] {
  const { path, paths } = (payload ?? {}) as { path?: string; paths?: string[] };
  return paths ?? (path === undefined ? [] : [path]);
}
