/** A real queue whose jobs do what a test says: lanes, priorities and traits are those of the real kinds. */
import * as z from 'zod';
import type { JobKind, JobResult } from '../../../src/contract/index.ts';
import { type JobNeeds, workersWith } from '../../../src/main/engine/jobs/allJobs.ts';
import type { JobWorker } from '../../../src/main/engine/queue/defineJob.ts';
import type { JobAttempt } from '../../../src/main/engine/queue/jobAttempt.ts';
import { newJob } from '../../../src/main/engine/queue/newJob.ts';
import type { StoredJob } from '../../../src/main/ports/libraryApi.ts';

export type Runner = (job: StoredJob, attempt: JobAttempt) => Promise<JobResult>;

/** The real kinds, which need nothing as long as none of them is run. */
const kinds = workersWith({} as JobNeeds);

/** Every kind that is not given does nothing. Payloads and results are anything. */
export function workersThat(runners: Partial<Record<JobKind, Runner>>): JobWorker[] {
  return kinds.map((worker) => {
    const run = runners[worker.kind] ?? (async () => ({}));
    return {
      ...worker,
      payload: z.unknown(),
      result: z.custom<never>(),
      run: (attempt) => run(attempt.job, attempt) as ReturnType<JobWorker['run']>,
      withdrawn: async () => {},
    };
  });
}

/** @param lowersPriorityBy how far it runs behind the others of its kind */
export function jobTo(kind: JobKind, title: string, payload: unknown = {}, lowersPriorityBy = 0): StoredJob {
  const { priority } = kinds.find((worker) => worker.kind === kind) as JobWorker;
  return newJob({ kind, title, payload, priority: priority - lowersPriorityBy });
}
