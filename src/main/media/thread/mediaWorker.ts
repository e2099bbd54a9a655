/** Entry of the thread of this room: does one task after the other. */
import { parentPort } from 'node:worker_threads';
import { toErrorInfo } from '../../../contract/index.ts';
import { type MediaTaskName, mediaTasks } from './mediaTasks.ts';
import type { ThreadReply } from './onMediaThread.ts';

const port = parentPort;
if (port === null) throw new Error('mediaWorker.ts runs as a worker thread');

// Decoders print what they think of a file: that is no output of this program, which may be JSON.
process.stdout.write = () => true;
process.stderr.write = () => true;

port.on('message', async ({ name, input }: { name: MediaTaskName; input: never }) => {
  try {
    const value: unknown = await mediaTasks[name](input);
    port.postMessage({ ok: true, value } satisfies ThreadReply, buffersOf(value));
  } catch (thrown) {
    port.postMessage({ ok: false, error: toErrorInfo(thrown) } satisfies ThreadReply);
  }
});

/** Pixels are handed over, not copied. */
function buffersOf(value: unknown): ArrayBuffer[] {
  const { data } = (value ?? {}) as { data?: unknown };
  if (!ArrayBuffer.isView(data) || !(data.buffer instanceof ArrayBuffer)) return [];
  return data.byteLength === data.buffer.byteLength ? [data.buffer] : [];
}
