/** One thread of readBandwidth.ts: reads its array once for each message. */
import { parentPort } from 'node:worker_threads';
import { ARRAY_BYTES } from './readBandwidth.ts';

const values = new Int32Array(ARRAY_BYTES / 4).fill(1);

/** One number of each line of 64 bytes, four lines a step. */
function readLines(array: Int32Array): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let i = 0; i < array.length; i += 64) {
    a += array[i] as number;
    b += array[i + 16] as number;
    c += array[i + 32] as number;
    d += array[i + 48] as number;
  }
  return a + b + c + d;
}

readLines(values); // compiled, and every page is there
parentPort?.on('message', () => parentPort?.postMessage(readLines(values)));
parentPort?.postMessage('ready');
