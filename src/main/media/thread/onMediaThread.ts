/**
 * Runs a task in the thread of this room, so that nothing in a file holds up the program: a task that takes too long,
 * or is not wanted any more, is ended together with its thread. The thread goes when nothing was asked for a while.
 */
import { Worker } from 'node:worker_threads';
import PQueue from 'p-queue';
import { type ErrorInfo, fromErrorInfo } from '../../../contract/index.ts';
import { threadUrl } from '../../ports/threadUrl.ts';
import type { MediaTaskName, MediaTasks } from './mediaTasks.ts';

export type ThreadReply = { ok: true; value: unknown } | { ok: false; error: ErrorInfo };

export interface ThreadLimits {
  /** Seconds, counted from when the task begins. */
  limitSec: number;
  signal?: AbortSignal | undefined;
}

type Result<K extends MediaTaskName> = Awaited<ReturnType<MediaTasks[K]>>;

/** Milliseconds without work after which the memory of the decoders is given back. */
const IDLE_MS = 10_000;

const queue = new PQueue({ concurrency: 1 });
let thread: Worker | null = null;
let idle: NodeJS.Timeout | undefined;

/** @throws what the task throws; the signal's reason; Error in words when the time is up or the thread ends */
export function onMediaThread<K extends MediaTaskName>(
  name: K,
  input: Parameters<MediaTasks[K]>[0],
  limits: ThreadLimits,
): Promise<Result<K>> {
  return queue.add(() => run({ name, input }, limits)) as Promise<Result<K>>;
}

async function run(task: { name: MediaTaskName; input: unknown }, limits: ThreadLimits): Promise<unknown> {
  limits.signal?.throwIfAborted();
  clearTimeout(idle);
  thread ??= startThread();
  try {
    return await ask(thread, task, limits);
  } finally {
    idle = setTimeout(endThread, IDLE_MS).unref();
  }
}

function startThread(): Worker {
  const started = new Worker(threadUrl(import.meta.url, 'mediaWorker'), { name: 'media' });
  // An end that nobody waits for: the next task has a new thread.
  const forget = () => {
    if (thread === started) thread = null;
  };
  started.on('error', forget);
  started.on('exit', forget);
  return started;
}

function endThread(): void {
  void thread?.terminate();
  thread = null;
}

function ask(worker: Worker, task: unknown, { limitSec, signal }: ThreadLimits): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const giveUp = (reason: unknown) => {
      endThread();
      end(() => reject(reason));
    };
    const onMessage = (reply: ThreadReply) =>
      end(() => (reply.ok ? resolve(reply.value) : reject(fromErrorInfo(reply.error))));
    const onExit = () => end(() => reject(new Error('the thread that read it ended')));
    const onAbort = () => giveUp(signal?.reason);
    const timer = setTimeout(() => giveUp(new Error(`it took longer than ${limitSec} s`)), limitSec * 1000);
    const end = (settle: () => void) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      worker.off('message', onMessage).off('error', reject).off('exit', onExit).unref();
      settle();
    };
    worker.on('message', onMessage).on('error', reject).on('exit', onExit).ref();
    signal?.addEventListener('abort', onAbort, { once: true });
    worker.postMessage(task);
  });
}
