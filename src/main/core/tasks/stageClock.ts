import type { StageTiming } from '../../../contract/index.ts';

/** Seconds per stage, in the order in which the stages began; work on one stage in several goes is added up. */
export interface StageClock {
  time<T>(stage: string, work: () => T | Promise<T>): Promise<T>;
  timings(): StageTiming[];
}

export function createStageClock(): StageClock {
  const seconds = new Map<string, number>();
  return {
    async time(stage, work) {
      const start = performance.now();
      seconds.set(stage, seconds.get(stage) ?? 0);
      try {
        return await work();
      } finally {
        seconds.set(stage, (seconds.get(stage) ?? 0) + (performance.now() - start) / 1000);
      }
    },
    timings: () => [...seconds].map(([stage, value]) => ({ stage, seconds: value })),
  };
}
