/** What a kind of job is: everything that the queue and the engine know of it stands in one definition. */
import type * as z from 'zod';
import { type JobKind, type JobResults, jobKinds } from '../../../contract/index.ts';
import type { StoredJob } from '../../ports/libraryApi.ts';
import type { JobAttempt } from './jobAttempt.ts';
import { newJob } from './newJob.ts';

/**
 * Five lanes, one job at a time in each: a question never waits behind a batch of files, two heavy jobs never share
 * the machine; the first files of a folder are opened and indexed while the rest of it is looked through; what is
 * fetched waits for the network alone.
 */
export const lanes = ['interactive', 'looking', 'probing', 'background', 'fetching'] as const;
export type Lane = (typeof lanes)[number];

export interface JobDefinition<K extends JobKind, Payload, Needs> {
  kind: K;
  lane: Lane;
  /** Higher runs first. What gives way goes down by up to 19. */
  priority: number;
  /** What becomes of one that was running when the program was killed. */
  afterKill: 'requeue' | 'fail';
  /** What it is to do; checked when it is queued, and again when it is read from the library. */
  payload: z.ZodType<Payload>;
  /** What it leaves behind; checked when it is read from the library. */
  result: z.ZodType<JobResults[K]>;
  /** A full disk fails it: any other is tried again once there is room. */
  failsOnFullDisk?: boolean;
  /** What it works on, in words. */
  title(payload: Payload, file: string | undefined): string;
  /** The files or folders that it reads, as they were named; none when left out. */
  paths?(payload: Payload): string[];
  /** @throws PlayheadError, or what `attempt.signal` was aborted with */
  run(needs: Needs, attempt: JobAttempt<Payload>): Promise<JobResults[K]>;
  /** It was cancelled, or could not be read (`payload` is null): what waited for it waits no more. */
  withdrawn?(needs: Needs, job: StoredJob, payload: Payload | null): Promise<void>;
}

/** A kind of job with the parts of the engine that it needs: what the queue works with. */
export interface JobWorker extends Pick<JobDefinition<JobKind, unknown, unknown>, 'lane' | 'priority' | 'afterKill'> {
  kind: JobKind;
  isPausable: boolean;
  isAwaited: boolean;
  failsOnFullDisk: boolean;
  payload: z.ZodType<unknown>;
  result: z.ZodType<JobResults[JobKind]>;
  pathsOf(job: StoredJob): string[];
  run(attempt: JobAttempt<unknown>): Promise<JobResults[JobKind]>;
  withdrawn(job: StoredJob): Promise<void>;
}

export interface DefinedJob<K extends JobKind, Payload, Needs> {
  kind: K;
  /** A new job of this kind. @param about the file that it is about, and what it is queued behind */
  create(payload: Payload, about?: About): StoredJob;
  /** What a stored job is to do; null where it is of another kind, or cannot be read. */
  read(job: StoredJob): Payload | null;
  workerWith(needs: Needs): JobWorker;
}

export interface About {
  mediaId?: string | null;
  /** Its file's name, where the payload does not say it. */
  fileName?: string;
  parentId?: string;
  /** How far it runs behind the others of its kind, 0 to 19. */
  lowersPriorityBy?: number;
}

export function defineJob<K extends JobKind, Payload, Needs>(
  definition: JobDefinition<K, Payload, Needs>,
): DefinedJob<K, Payload, Needs> {
  const { kind, lane, priority, afterKill, payload, result, failsOnFullDisk = false } = definition;
  const { isPausable, isAwaited } = jobKinds[kind];
  const read = (job: StoredJob) => {
    const parsed = job.kind === kind ? payload.safeParse(job.payload) : null;
    return parsed?.success ? parsed.data : null;
  };
  return {
    kind,
    create: (given, { fileName, lowersPriorityBy = 0, ...about } = {}) =>
      newJob({
        kind,
        title: definition.title(given, fileName),
        priority: priority - lowersPriorityBy,
        payload: payload.parse(given),
        ...about,
      }),
    read,
    workerWith: (needs) => ({
      ...{ kind, lane, priority, afterKill, isPausable, isAwaited, failsOnFullDisk, payload, result },
      pathsOf: (job) => {
        const told = read(job);
        return told === null ? [] : (definition.paths?.(told) ?? []);
      },
      run: definition.run.bind(null, needs) as JobWorker['run'],
      withdrawn: async (job) => definition.withdrawn?.(needs, job, read(job)),
    }),
  };
}
