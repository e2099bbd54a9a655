import type { StoredJob } from '../../ports/libraryApi.ts';

export interface RunningJob {
  job: StoredJob;
  /** Interrupts it. */
  controller: AbortController;
  signal: AbortSignal;
  /** Resolves when it runs no more. */
  ended: Promise<void>;
  leave(): void;
}

/** The jobs that run just now. */
export class RunningJobs {
  readonly #jobs = new Map<string, RunningJob>();

  /** From now on it can be interrupted. */
  enter(job: StoredJob): RunningJob {
    let leave = () => {};
    const ended = new Promise<void>((resolve) => {
      leave = () => {
        this.#jobs.delete(job.id);
        resolve();
      };
    });
    const controller = new AbortController();
    const running = { job, controller, signal: controller.signal, ended, leave };
    this.#jobs.set(job.id, running);
    return running;
  }

  get(jobId: string): RunningJob | undefined {
    return this.#jobs.get(jobId);
  }

  get all(): RunningJob[] {
    return [...this.#jobs.values()];
  }
}
