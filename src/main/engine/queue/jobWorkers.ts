/** The kinds of jobs that this program does, as the queue asks after them. */
import * as z from 'zod';
import type { Job, JobKind, JobSet } from '../../../contract/index.ts';
import { isDiskFull } from '../../ports/diskFull.ts';
import type { AfterKill, StoredJob } from '../../ports/libraryApi.ts';
import type { JobWorker, Lane } from './defineJob.ts';
import { unreadableJob } from './jobEnd.ts';

export class JobWorkers {
  readonly #workers: ReadonlyMap<string, JobWorker>;

  constructor(workers: readonly JobWorker[]) {
    this.#workers = new Map(workers.map((worker) => [worker.kind, worker]));
  }

  get kinds(): JobKind[] {
    return this.#kindsThat(() => true);
  }

  /** @param isResting what can be paused is left out */
  inLane(lane: Lane, isResting: boolean): JobKind[] {
    return this.#kindsThat((worker) => worker.lane === lane && !(isResting && worker.isPausable));
  }

  /** The kinds that a set means: those that it names, any where it names jobs, else what comes in batches and nobody waits for. */
  meant({ kinds, jobIds }: JobSet): JobKind[] {
    return kinds ?? this.#kindsThat(({ isAwaited }) => jobIds !== undefined || !isAwaited);
  }

  pausable(kinds: readonly JobKind[]): JobKind[] {
    return this.#kindsThat(({ kind, isPausable }) => isPausable && kinds.includes(kind));
  }

  isPausable(job: Pick<StoredJob, 'kind'>): boolean {
    return this.#of(job).isPausable;
  }

  /** What becomes of the jobs that a killed program was at. */
  get afterKill(): AfterKill {
    return Object.fromEntries([...this.#workers.values()].map(({ kind, afterKill }) => [kind, afterKill]));
  }

  /**
   * What is to be done, and the function that does it.
   * @throws PlayheadError `library-damaged` where it cannot be read, naming the job
   */
  async workOf(job: StoredJob): Promise<Pick<JobWorker, 'run'> & { payload: unknown }> {
    const worker = this.#of(job);
    const { success, data: payload, error } = worker.payload.safeParse(job.payload);
    if (success) return { run: worker.run, payload };
    await worker.withdrawn(job);
    throw unreadableJob(job, z.prettifyError(error));
  }

  /** What waited for this job, which was cancelled or cannot be read, waits no more. */
  async withdrawn(job: StoredJob): Promise<void> {
    await this.#workers.get(job.kind)?.withdrawn(job);
  }

  /** True when a job is not failed but tried again once the disk has room. */
  waitsForRoom(job: StoredJob, thrown: unknown): boolean {
    return !this.#of(job).failsOnFullDisk && isDiskFull(thrown);
  }

  /** A job without what only the queue needs. A result that cannot be read is none. */
  publicJob(stored: StoredJob): Job {
    const { payload: _payload, priority: _priority, attempts: _attempts, ...job } = stored;
    const worker = this.#workers.get(job.kind);
    return {
      ...job,
      paths: worker?.pathsOf(stored) ?? [],
      result: worker?.result.safeParse(job.result).data ?? null,
    };
  }

  #of({ kind }: Pick<StoredJob, 'kind'>): JobWorker {
    return this.#workers.get(kind) as JobWorker;
  }

  #kindsThat(are: (worker: JobWorker) => boolean): JobKind[] {
    return [...this.#workers.values()].filter(are).map(({ kind }) => kind);
  }
}
