import type { StageTiming } from '../../../contract/index.ts';

/** Adds up seconds per stage. */
export class Stopwatch {
  readonly #seconds = new Map<string, number>();

  constructor(earlier: StageTiming[] = []) {
    this.add(earlier);
  }

  async time<T>(stage: string, work: Promise<T>): Promise<T> {
    const start = performance.now();
    try {
      return await work;
    } finally {
      this.add([{ stage, seconds: (performance.now() - start) / 1000 }]);
    }
  }

  add(timings: StageTiming[]): void {
    for (const { stage, seconds } of timings) this.#seconds.set(stage, (this.#seconds.get(stage) ?? 0) + seconds);
  }

  get timings(): StageTiming[] {
    return [...this.#seconds].map(([stage, seconds]) => ({ stage, seconds: Math.round(seconds * 1000) / 1000 }));
  }
}
