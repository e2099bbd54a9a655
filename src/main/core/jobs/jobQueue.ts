/**
 * The durable queue: order, priority, pause, resume, cancel, retry. Every change stands in the library
 * before anyone hears of it, so that a kill loses at most the step that was under way.
 */
import { cancelled, type Job, type JobKind, type JobSet, PlayheadError } from '../../../contract/index.ts';
import type { LibraryApi, StoredJob } from '../ports/libraryApi.ts';
import { contextOf, damagedJob, endOf, publicJob } from './jobAttempt.ts';
import { type JobRunner, PausedSignal } from './jobRunner.ts';
import { batchKinds, kindsOf, type Lane, laneOf, lanes, pausableKinds, waitsForRoom } from './lanes.ts';
import { type NewJob, queuedJob } from './newJob.ts';

type Store = Pick<
  LibraryApi,
  'insertJob' | 'updateJob' | 'updateJobs' | 'getJob' | 'listJobs' | 'nextJob' | 'recoverJobs'
>;

const queuedState = { state: 'queued', stage: 'waiting' } as const;
const pausedState = { state: 'paused', stage: 'paused' } as const;
const cancelledState = { state: 'cancelled', stage: 'cancelled' } as const;
const retriedState = { ...queuedState, error: null, progress: 0, attempts: 0 };

/** What the queue tells and asks of the engine. */
export interface QueueSurroundings {
  onChange(job: Job): void;
  /** Resolves when the disk has room again. Rejects when the program ends. */
  waitForRoom?(): Promise<void>;
  /** The library itself is lost: this lane has ended. */
  onBroken?(thrown: unknown): void;
}

interface RunningJob {
  job: StoredJob;
  controller: AbortController;
  ended: Promise<unknown>;
}

export class JobQueue {
  readonly #store: Store;
  readonly #runners: Record<JobKind, JobRunner>;
  readonly #surroundings: QueueSurroundings;
  readonly #running = new Map<string, RunningJob>();
  readonly #busyLanes = new Set<string>();
  #recovering = false;
  #closed = false;

  constructor(store: Store, runners: Record<JobKind, JobRunner>, surroundings: QueueSurroundings) {
    this.#store = store;
    this.#runners = runners;
    this.#surroundings = surroundings;
  }

  /** Takes up what an earlier run left behind (and says which jobs those were), then runs whatever is queued. */
  async start(): Promise<StoredJob[]> {
    this.#recovering = true;
    const recovered = await this.#store.recoverJobs();
    this.#recovering = false;
    for (const job of recovered) this.#onChange(publicJob(job));
    this.#wake();
    return recovered;
  }

  async enqueue(input: NewJob): Promise<Job> {
    const job = queuedJob(input);
    await this.#store.insertJob(job);
    this.#onChange(publicJob(job));
    this.#wake();
    return publicJob(job);
  }

  async list(limit: number): Promise<Job[]> {
    return (await this.#store.listJobs({ limit })).map(publicJob);
  }

  /** Every job that has not ended, with what it is to do. */
  listOpen(): Promise<StoredJob[]> {
    return this.#store.listJobs({ states: ['queued', 'running', 'paused'], limit: 1_000_000 });
  }

  async pause(jobId: string): Promise<Job> {
    return (await this.#interrupt(jobId, new PausedSignal())) ?? this.#move(jobId, ['queued'], pausedState);
  }

  async resume(jobId: string): Promise<Job> {
    return this.#move(jobId, ['paused'], queuedState);
  }

  async retry(jobId: string): Promise<Job> {
    return this.#move(jobId, ['failed', 'cancelled'], retriedState);
  }

  /** Stops a job at once or, when it has ended already, leaves it as it is. */
  async cancel(jobId: string): Promise<Job> {
    const [waiting] = await this.#moveAll({ jobIds: [jobId] }, ['queued', 'paused'], cancelledState);
    return waiting ?? (await this.#interrupt(jobId, cancelled())) ?? publicJob(await this.#store.getJob(jobId));
  }

  /** Pauses every job of the set that can be paused. Gives those that changed. */
  pauseAll(set: JobSet): Promise<Job[]> {
    const kinds = (set.kinds ?? batchKinds).filter((kind) => pausableKinds.includes(kind));
    return this.#withdrawAll({ ...set, kinds }, new PausedSignal(), pausedState);
  }

  cancelAll(set: JobSet): Promise<Job[]> {
    return this.#withdrawAll(set, cancelled(), cancelledState);
  }

  resumeAll(set: JobSet): Promise<Job[]> {
    return this.#moveAll(set, ['paused'], queuedState);
  }

  retryAll(set: JobSet): Promise<Job[]> {
    return this.#moveAll(set, ['failed', 'cancelled'], retriedState);
  }

  /** Resolves when no job is queued or running. */
  async whenIdle(): Promise<void> {
    for (;;) {
      const open = await this.#store.listJobs({ states: ['queued', 'running'], limit: 1 });
      if (open.length === 0 && this.#running.size === 0) return;
      await Promise.race([...this.#running.values()].map((running) => running.ended).concat(delay(200)));
    }
  }

  /** Stops everything that runs; it is taken up again at the next start. */
  async close(): Promise<void> {
    this.#closed = true;
    const running = [...this.#running.values()];
    for (const { controller } of running) controller.abort(new PausedSignal('shutdown'));
    await Promise.allSettled(running.map(({ ended }) => ended));
  }

  async #move(jobId: string, from: StoredJob['state'][], change: Partial<StoredJob>): Promise<Job> {
    const [changed] = await this.#moveAll({ jobIds: [jobId] }, from, change);
    if (changed) return changed;
    const { state } = await this.#store.getJob(jobId);
    throw new PlayheadError({
      code: 'invalid-input',
      message: `This job is ${state}; that can only be done while it is ${from.join(' or ')}.`,
    });
  }

  /** A scan that runs may queue more files until it has stopped: those are withdrawn after it. */
  async #withdrawAll(set: JobSet, reason: Error, change: Pick<StoredJob, 'state' | 'stage'>): Promise<Job[]> {
    const from: StoredJob['state'][] = change.state === 'paused' ? ['queued'] : ['queued', 'paused'];
    const isWanted = ({ job }: RunningJob) =>
      (set.jobIds ?? [job.id]).includes(job.id) && (set.kinds ?? batchKinds).includes(job.kind);
    const running = [...this.#running.values()].filter(isWanted);
    for (const { controller } of running) controller.abort(reason);
    const waiting = await this.#moveAll(set, from, change);
    await Promise.allSettled(running.map(({ ended }) => ended));
    const late = await this.#moveAll(set, from, change);
    const stopped = await Promise.all(running.map(({ job }) => this.#store.getJob(job.id)));
    return [...waiting, ...late, ...stopped.map(publicJob)];
  }

  async #moveAll(set: JobSet, states: StoredJob['state'][], change: Partial<StoredJob>): Promise<Job[]> {
    const query = { ids: set.jobIds, kinds: set.kinds ?? (set.jobIds ? undefined : batchKinds), states };
    const changed = await this.#store.updateJobs(query, change);
    for (const job of changed) this.#onChange(publicJob(job));
    this.#wake();
    return changed.map(publicJob);
  }

  /** Null when the job is not running. */
  async #interrupt(jobId: string, reason: Error): Promise<Job | null> {
    const running = this.#running.get(jobId);
    if (!running) return null;
    running.controller.abort(reason);
    await running.ended;
    return publicJob(await this.#store.getJob(jobId));
  }

  #onChange(job: Job): void {
    this.#surroundings.onChange(job);
  }

  /** Nothing runs before what an earlier run left behind is known. */
  #wake(): void {
    if (this.#recovering) return;
    for (const lane of lanes) if (!this.#busyLanes.has(lane)) void this.#work(lane);
  }

  /** One job of the lane after another until none is queued. */
  async #work(lane: Lane): Promise<void> {
    this.#busyLanes.add(lane);
    try {
      for (let job = await this.#next(lane); job; job = await this.#next(lane)) await this.#run(job);
    } catch (thrown) {
      if (!this.#closed) this.#surroundings.onBroken?.(thrown);
    } finally {
      this.#busyLanes.delete(lane);
    }
  }

  async #next(lane: Lane): Promise<StoredJob | null> {
    if (this.#closed) return null;
    return this.#store.nextJob(kindsOf(lane));
  }

  async #run(job: StoredJob): Promise<void> {
    const controller = new AbortController();
    const ended = this.#attempt(job, controller.signal).finally(() => this.#running.delete(job.id));
    this.#running.set(job.id, { job, controller, ended });
    if ((await ended) === 'disk-full') await this.#surroundings.waitForRoom?.();
  }

  async #attempt(job: StoredJob, signal: AbortSignal): Promise<'ended' | 'disk-full'> {
    const change = async (fields: Partial<StoredJob>) =>
      this.#onChange(publicJob(await this.#store.updateJob(job.id, fields)));
    const start = { state: 'running', stage: 'starting', attempts: job.attempts + 1, error: null } as const;
    // Only from the queue: what was paused or cancelled since it was picked is let lie.
    const [started] = await this.#moveAll({ jobIds: [job.id] }, ['queued'], start);
    if (!started) return 'ended';
    try {
      signal.throwIfAborted();
      if (job.payload === null) throw damagedJob(job.title);
      const result = await this.#runners[job.kind](
        job,
        contextOf(job, signal, change, () => this.#next(laneOf[job.kind])),
      );
      await change({ state: 'done', stage: 'done', progress: 1, result });
    } catch (thrown) {
      const reason = signal.aborted ? signal.reason : thrown;
      if (!waitsForRoom(job.kind, reason)) {
        // What was stopped in order is no failed attempt.
        const wasStopped = reason instanceof PausedSignal;
        await change({ ...endOf(reason), ...(wasStopped ? { attempts: 0 } : {}) });
        return 'ended';
      }
      // Nobody's fault and soon over: the attempt does not count.
      await change({ state: 'queued', stage: 'waiting: the disk is full', attempts: job.attempts });
      return 'disk-full';
    }
    return 'ended';
  }
}

function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
