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

  /** Interrupts those that are meant, and waits until they have ended. */
  async stop(reason: Error, isMeant: (running: RunningJob) => boolean = () => true): Promise<void> {
    const meant = this.all.filter(isMeant);
    for (const { controller } of meant) controller.abort(reason);
    await Promise.allSettled(meant.map(({ ended }) => ended));
  }

  get all(): RunningJob[] {
    return [...this.#jobs.values()];
  }
}
