import type { StageTiming } from '../../../contract/index.ts';

export interface Stopwatch {
  /** Runs the work and adds its time to the stage. */
  time<T>(stage: string, work: () => Promise<T>): Promise<T>;
  /** Seconds for each stage, in the order of their first run. */
  timings(): StageTiming[];
}

export function createStopwatch(): Stopwatch {
  const seconds = new Map<string, number>();
  return {
    async time(stage, work) {
      const start = performance.now();
      try {
        return await work();
      } finally {
        seconds.set(stage, (seconds.get(stage) ?? 0) + (performance.now() - start) / 1000);
      }
    },
    timings: () => [...seconds].map(([stage, total]) => ({ stage, seconds: total })),
  };
}
