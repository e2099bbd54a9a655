/**
 * Bytes per second that all cores together read from memory: the bound of a decode step, which reads every weight once.
 *
 * One thread per core goes through an array of its own that is far larger than the caches, and reads one number of
 * each line of 64 bytes: memory moves whole lines, so that the arithmetic of JavaScript is not what is measured.
 */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** Of each thread: about a third of a gigabyte. */
export const ARRAY_BYTES = 320 * 2 ** 20;

/** @returns bytes per second, the most of the runs */
export async function readBandwidth(threads: number, runs: number): Promise<number> {
  const workers = Array.from(
    { length: threads },
    () => new Worker(new URL('./readBandwidthWorker.ts', import.meta.url)),
  );
  try {
    await Promise.all(workers.map((worker) => once(worker, 'message')));
    let most = 0;
    for (let run = 0; run < runs; run++) {
      const start = performance.now();
      const passes = Promise.all(workers.map((worker) => once(worker, 'message')));
      for (const worker of workers) worker.postMessage('read');
      await passes;
      most = Math.max(most, (threads * ARRAY_BYTES) / ((performance.now() - start) / 1000));
    }
    return most;
  } finally {
    for (const worker of workers) await worker.terminate();
  }
}
