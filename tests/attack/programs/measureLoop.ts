/**
 * For `node --import`: measures the delay of the main thread's event loop. SIGUSR2 writes what was measured since the
 * last one to the file in PLAYHEAD_LOOP_FILE, in milliseconds, and begins anew.
 */
import { writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

const file = process.env.PLAYHEAD_LOOP_FILE;
if (isMainThread && file) {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  process.on('SIGUSR2', () => {
    const milliseconds = (nanoseconds: number) => nanoseconds / 1e6;
    const { max } = delay;
    const told = {
      p50: milliseconds(delay.percentile(50)),
      p99: milliseconds(delay.percentile(99)),
      max: milliseconds(max),
    };
    delay.reset();
    writeFileSync(file, JSON.stringify(told));
  });
}
