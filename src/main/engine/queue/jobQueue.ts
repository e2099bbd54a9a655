/**
 * The durable queue: order, priority, pause, resume, cancel, retry. Every change stands in the library
 * before anyone hears of it, so that a kill loses at most the step that was under way.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { cancelled, type Job, type JobSet, PlayheadError } from '../../../contract/index.ts';
import type { StoredJob } from '../../ports/libraryApi.ts';
import { type JobWorker, type Lane, lanes } from './defineJob.ts';
import { attemptAt, PausedSignal } from './jobAttempt.ts';
import { cancelledState, endOf, pausedState, queuedState, waitingForRoom } from './jobEnd.ts';
import { JobWorkers } from './jobWorkers.ts';
import type { JobStore, QueueSurroundings } from './queueSurroundings.ts';
import { type RunningJob, RunningJobs } from './runningJobs.ts';

const retriedState = { ...queuedState, error: null, progress: 0, attempts: 0 };

export class JobQueue {
  readonly #store: JobStore;
  readonly #workers: JobWorkers;
  readonly #surroundings: QueueSurroundings;
  readonly #running = new RunningJobs();
  readonly #busyLanes = new Set<string>();
  #recovering = false;
  #resting = false;
  #closed = false;

  constructor(store: JobStore, workers: readonly JobWorker[], surroundings: QueueSurroundings) {
    this.#store = store;
    this.#workers = new JobWorkers(workers);
    this.#surroundings = surroundings;
  }

  /** Takes up what an earlier run left behind (and says which jobs those were), then runs whatever is queued. */
  async start(): Promise<StoredJob[]> {
    this.#recovering = true;
    const recovered = await this.#store.recoverJobs(this.#workers.afterKill);
    this.#recovering = false;
    for (const job of recovered) this.#tell(job);
    this.#wake();
    return recovered;
  }

  /** @param insert puts the job into the library, with what belongs to it */
  async enqueue(job: StoredJob, insert = (job: StoredJob) => this.#store.insertJob(job)): Promise<Job> {
    await insert(job);
    this.#tell(job);
    this.#wake();
    return this.#public(job);
  }

  /** @param insert puts jobs into the library, and gives those that it took */
  async enqueueAll(insert: () => Promise<readonly StoredJob[]>): Promise<void> {
    for (const job of await insert()) this.#tell(job);
    this.#wake();
  }

  async list(limit: number): Promise<Job[]> {
    return (await this.#store.listJobs({ kinds: this.#workers.kinds, limit })).map(this.#public);
  }

  /** Every job that has not ended, with what it is to do. */
  listOpen(): Promise<StoredJob[]> {
    return this.#store.listJobs({ states: ['queued', 'running', 'paused'], limit: 1_000_000 });
  }

  async pause(jobId: string): Promise<Job> {
    const interrupted = await this.#interrupt(jobId, new PausedSignal());
    return interrupted ? this.#public(interrupted) : this.#move(jobId, ['queued'], pausedState);
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
    const job = waiting ?? (await this.#interrupt(jobId, cancelled())) ?? (await this.#store.getJob(jobId));
    await this.#release([job]);
    return this.#public(job);
  }

  /** Pauses every job of the set that can be paused. Gives those that changed. */
  async pauseAll(set: JobSet): Promise<Job[]> {
    const kinds = this.#workers.pausable(this.#workers.meant(set));
    return (await this.#withdrawAll({ ...set, kinds }, new PausedSignal(), pausedState)).map(this.#public);
  }

  async cancelAll(set: JobSet): Promise<Job[]> {
    const jobs = await this.#withdrawAll(set, cancelled(), cancelledState);
    await this.#release(jobs);
    return jobs.map(this.#public);
  }

  async resumeAll(set: JobSet): Promise<Job[]> {
    return (await this.#moveAll(set, ['paused'], queuedState)).map(this.#public);
  }

  async retryAll(set: JobSet): Promise<Job[]> {
    return (await this.#moveAll(set, ['failed', 'cancelled'], retriedState)).map(this.#public);
  }

  /** Resolves when no job is queued or running. */
  async whenIdle(): Promise<void> {
    for (;;) {
      const open = await this.#store.listJobs({ states: ['queued', 'running'], limit: 1 });
      if (open.length === 0 && this.#running.all.length === 0) return;
      await Promise.race(this.#running.all.map((running) => running.ended).concat(wait(200)));
    }
  }

  /** What can be paused stops at its next step and waits for `goOn`; in the library it is queued, so that a next start goes on. */
  async rest(): Promise<void> {
    this.#resting = true;
    await this.#running.stop(new PausedSignal('turn'), ({ job }) => this.#workers.isPausable(job));
  }

  goOn(): void {
    this.#resting = false;
    this.#wake();
  }

  /** Stops everything that runs; it is taken up again at the next start. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#running.stop(new PausedSignal('shutdown'));
  }

  async #move(jobId: string, from: StoredJob['state'][], change: Partial<StoredJob>): Promise<Job> {
    const [changed] = await this.#moveAll({ jobIds: [jobId] }, from, change);
    if (changed) return this.#public(changed);
    const { state } = await this.#store.getJob(jobId);
    throw new PlayheadError({
      code: 'invalid-input',
      message: `This job is ${state}; that can only be done while it is ${from.join(' or ')}.`,
    });
  }

  /** A scan that runs may queue more files until it has stopped: those are withdrawn after it. */
  async #withdrawAll(set: JobSet, reason: Error, change: Pick<StoredJob, 'state' | 'stage'>): Promise<StoredJob[]> {
    const from: StoredJob['state'][] = change.state === 'paused' ? ['queued'] : ['queued', 'paused'];
    const kinds = this.#workers.meant(set);
    const isWanted = ({ job }: RunningJob) => (set.jobIds ?? [job.id]).includes(job.id) && kinds.includes(job.kind);
    const running = this.#running.all.filter(isWanted);
    for (const { controller } of running) controller.abort(reason);
    const waiting = await this.#moveAll(set, from, change);
    await Promise.allSettled(running.map(({ ended }) => ended));
    const late = await this.#moveAll(set, from, change);
    const stopped = await Promise.all(running.map(({ job }) => this.#store.getJob(job.id)));
    return [...waiting, ...late, ...stopped];
  }

  async #moveAll(set: JobSet, states: StoredJob['state'][], change: Partial<StoredJob>): Promise<StoredJob[]> {
    const query = { ids: set.jobIds, kinds: this.#workers.meant(set), states };
    const changed = await this.#store.updateJobs(query, change);
    for (const job of changed) this.#tell(job);
    this.#wake();
    return changed;
  }

  /** Null when the job is not running. */
  async #interrupt(jobId: string, reason: Error): Promise<StoredJob | null> {
    if (!this.#running.get(jobId)) return null;
    await this.#running.stop(reason, ({ job }) => job.id === jobId);
    return this.#store.getJob(jobId);
  }

  /** What waited for jobs that are cancelled waits no more. */
  async #release(jobs: readonly StoredJob[]): Promise<void> {
    for (const job of jobs) if (job.state === 'cancelled') await this.#workers.withdrawn(job);
  }

  readonly #public = (job: StoredJob): Job => this.#workers.publicJob(job);

  #tell(job: StoredJob): void {
    this.#surroundings.onChange(this.#public(job));
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
      for (let job = await this.#next(lane); job; job = await this.#next(lane)) {
        const running = this.#running.enter(job);
        let isDiskFull = false;
        try {
          if (!(await this.#start(running))) continue;
          const { run, payload } = await this.#workers.workOf(job);
          const attempt = attemptAt(running, this.#change.bind(this, job), this.#next.bind(this, lane));
          const result = await run({ ...attempt, payload });
          await this.#change(job, { state: 'done', stage: 'done', progress: 1, result });
        } catch (thrown) {
          isDiskFull = await this.#giveUp(running, thrown);
        } finally {
          running.leave();
        }
        if (isDiskFull) await this.#surroundings.waitForRoom?.();
      }
    } catch (thrown) {
      if (!this.#closed) this.#surroundings.onBroken?.(thrown);
    } finally {
      this.#busyLanes.delete(lane);
    }
  }

  async #next(lane: Lane): Promise<StoredJob | null> {
    return this.#closed ? null : this.#store.nextJob(this.#workers.inLane(lane, this.#resting));
  }

  /** Only from the queue: what was paused or cancelled since it was picked is let lie, and false given. */
  async #start({ job, signal }: RunningJob): Promise<boolean> {
    if (this.#resting && this.#workers.isPausable(job)) return false;
    const start = { state: 'running', stage: 'starting', attempts: job.attempts + 1, error: null } as const;
    const [started] = await this.#moveAll({ jobIds: [job.id] }, ['queued'], start);
    if (started) signal.throwIfAborted();
    return started !== undefined;
  }

  /** Leaves behind a job that threw. True where it waits for room on the disk. */
  async #giveUp({ job, signal }: RunningJob, thrown: unknown): Promise<boolean> {
    const reason = signal.aborted ? signal.reason : thrown;
    const isDiskFull = this.#workers.waitsForRoom(job, reason);
    await this.#change(job, isDiskFull ? waitingForRoom(job) : endOf(reason));
    return isDiskFull;
  }

  async #change(job: StoredJob, fields: Partial<StoredJob>): Promise<void> {
    this.#tell(await this.#store.updateJob(job.id, fields));
  }
}
