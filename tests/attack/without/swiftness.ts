/** For `node --import`: a main thread that computes for a fifth of a second, twice a second. */
import { isMainThread } from 'node:worker_threads';

if (isMainThread) {
  const compute = () => {
    const until = Date.now() + 200;
    while (Date.now() < until);
  };
  setInterval(compute, 500).unref();
}
