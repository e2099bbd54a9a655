import type { StageTiming } from '../../contract/index.ts';

/** Adds up seconds per stage, in the order in which the stages began. */
export class Stopwatch {
  readonly #seconds = new Map<string, number>();

  /** @param earlier what an interrupted run had measured */
  constructor(earlier: readonly StageTiming[] = []) {
    this.add(earlier);
  }

  /** Runs the work and adds its time to the stage, also where it throws. */
  async time<T>(stage: string, work: () => T | Promise<T>): Promise<T> {
    const start = performance.now();
    this.add([{ stage, seconds: 0 }]);
    try {
      return await work();
    } finally {
      this.add([{ stage, seconds: (performance.now() - start) / 1000 }]);
    }
  }

  add(timings: readonly StageTiming[]): void {
    for (const { stage, seconds } of timings) this.#seconds.set(stage, (this.#seconds.get(stage) ?? 0) + seconds);
  }

  /** To the millisecond. */
  get timings(): StageTiming[] {
    return [...this.#seconds].map(([stage, seconds]) => ({ stage, seconds: Math.round(seconds * 1000) / 1000 }));
  }
}
