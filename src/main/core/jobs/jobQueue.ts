/**
 * The durable queue: order, priority, pause, resume, cancel, retry. Every change stands in the library
 * before anyone hears of it, so that a kill loses at most the step that was under way.
 */
import { randomUUID } from 'node:crypto';
import { type Job, type JobKind, type JobResult, PlayheadError, toErrorInfo } from '../../../contract/index.ts';
import type { LibraryApi, StoredJob } from '../ports/libraryApi.ts';
import { type JobContext, type JobRunner, PausedSignal } from './jobRunner.ts';
import { laneOf, lanes, priorityOf, waitsForRoom } from './lanes.ts';

export interface NewJob {
  kind: JobKind;
  title: string;
  mediaId?: string | null;
  parentId?: string | null;
  payload: unknown;
  /** Runs after the others of its kind. */
  givesWay?: boolean;
}

type Store = Pick<LibraryApi, 'insertJob' | 'updateJob' | 'getJob' | 'listJobs' | 'nextJob' | 'recoverJobs'>;

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
  /** Jobs that are being paused or cancelled: a lane that has just picked one up lets it lie. */
  readonly #withdrawn = new Set<string>();
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
    const now = new Date().toISOString();
    const job: StoredJob = {
      id: randomUUID(),
      kind: input.kind,
      state: 'queued',
      title: input.title,
      mediaId: input.mediaId ?? null,
      parentId: input.parentId ?? null,
      progress: 0,
      stage: 'waiting',
      error: null,
      createdAt: now,
      updatedAt: now,
      result: null,
      priority: priorityOf[input.kind] - (input.givesWay ? 1 : 0),
      payload: input.payload,
      attempts: 0,
    };
    await this.#store.insertJob(job);
    this.#onChange(publicJob(job));
    this.#wake();
    return publicJob(job);
  }

  async list(limit: number): Promise<Job[]> {
    return (await this.#store.listJobs({ limit })).map(publicJob);
  }

  async pause(jobId: string): Promise<Job> {
    const running = this.#running.get(jobId);
    if (running) return this.#interrupt(running, new PausedSignal());
    this.#withdrawn.add(jobId);
    return this.#move(jobId, ['queued'], { state: 'paused', stage: 'paused' });
  }

  async resume(jobId: string): Promise<Job> {
    this.#withdrawn.delete(jobId);
    return this.#move(jobId, ['paused'], { state: 'queued', stage: 'waiting' });
  }

  async retry(jobId: string): Promise<Job> {
    this.#withdrawn.delete(jobId);
    return this.#move(jobId, ['failed', 'cancelled'], { state: 'queued', stage: 'waiting', error: null, progress: 0 });
  }

  /** Stops a job at once or, when it has ended already, leaves it as it is. */
  async cancel(jobId: string): Promise<Job> {
    const running = this.#running.get(jobId);
    if (running) return this.#interrupt(running, cancelled());
    this.#withdrawn.add(jobId);
    const job = await this.#store.getJob(jobId);
    if (job.state !== 'queued' && job.state !== 'paused') return publicJob(job);
    return this.#move(jobId, ['queued', 'paused'], { state: 'cancelled', stage: 'cancelled' });
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
    const job = await this.#store.getJob(jobId);
    if (!from.includes(job.state)) {
      throw new PlayheadError({
        code: 'invalid-input',
        message: `This job is ${job.state}; that can only be done while it is ${from.join(' or ')}.`,
      });
    }
    const changed = await this.#store.updateJob(jobId, change);
    this.#onChange(publicJob(changed));
    this.#wake();
    return publicJob(changed);
  }

  async #interrupt(running: RunningJob, reason: Error): Promise<Job> {
    running.controller.abort(reason);
    await running.ended;
    return publicJob(await this.#store.getJob(running.job.id));
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
  async #work(lane: string): Promise<void> {
    this.#busyLanes.add(lane);
    try {
      for (let job = await this.#next(lane); job; job = await this.#next(lane)) await this.#run(job);
    } catch (thrown) {
      if (!this.#closed) this.#surroundings.onBroken?.(thrown);
    } finally {
      this.#busyLanes.delete(lane);
    }
  }

  async #next(lane: string): Promise<StoredJob | null> {
    if (this.#closed) return null;
    const kinds = (Object.keys(priorityOf) as JobKind[]).filter((kind) => laneOf[kind] === lane);
    return this.#store.nextJob(kinds);
  }

  async #run(job: StoredJob): Promise<void> {
    if (this.#withdrawn.has(job.id)) return delay(20); // its new state is about to be written
    const controller = new AbortController();
    const ended = this.#attempt(job, controller.signal).finally(() => this.#running.delete(job.id));
    this.#running.set(job.id, { job, controller, ended });
    if ((await ended) === 'disk-full') await this.#surroundings.waitForRoom?.();
  }

  async #attempt(job: StoredJob, signal: AbortSignal): Promise<'ended' | 'disk-full'> {
    const change = async (fields: Partial<StoredJob>) =>
      this.#onChange(publicJob(await this.#store.updateJob(job.id, fields)));
    await change({ state: 'running', stage: 'starting', attempts: job.attempts + 1, error: null });
    try {
      const result = await this.#runners[job.kind](job, contextOf(job, signal, change));
      await change({ state: 'done', stage: 'done', progress: 1, result });
    } catch (thrown) {
      const reason = signal.aborted ? signal.reason : thrown;
      if (!waitsForRoom(job.kind, reason)) {
        await change(endOf(reason));
        return 'ended';
      }
      // Nobody's fault and soon over: the attempt does not count.
      await change({ state: 'queued', stage: 'waiting: the disk is full', attempts: job.attempts });
      return 'disk-full';
    }
    return 'ended';
  }
}

function contextOf(
  job: StoredJob,
  signal: AbortSignal,
  change: (fields: Partial<StoredJob>) => Promise<void>,
): JobContext {
  return {
    signal,
    progress: (fraction, stage) => change({ progress: Math.min(1, Math.max(0, fraction)), stage }),
    checkpoint: (payload) => change({ payload }),
    attachTo: (mediaId) => change({ mediaId }),
    finishWith: (result: JobResult) => change({ result }),
    job,
  };
}

/** How a job that threw is left behind. */
function endOf(thrown: unknown): Partial<StoredJob> {
  if (thrown instanceof PausedSignal) {
    return thrown.why === 'shutdown' ? { state: 'queued', stage: 'waiting' } : { state: 'paused', stage: 'paused' };
  }
  const error = toErrorInfo(thrown);
  return error.code === 'cancelled'
    ? { state: 'cancelled', stage: 'cancelled' }
    : { state: 'failed', stage: 'failed', error };
}

function cancelled(): PlayheadError {
  return new PlayheadError({ code: 'cancelled', message: 'Stopped, as you asked.' });
}

function publicJob({ payload: _payload, priority: _priority, attempts: _attempts, ...job }: StoredJob): Job {
  return job;
}

function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
