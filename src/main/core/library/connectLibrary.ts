/** The library in a thread of its own, so that no query ever blocks a window or a stream. */
import { Worker } from 'node:worker_threads';
import { createBirpc } from 'birpc';
import { fromErrorInfo, PlayheadError } from '../../../contract/index.ts';
import type { LibraryApi } from '../ports/libraryApi.ts';
import { threadUrl } from '../ports/threadUrl.ts';
import type { LibraryReply, LibraryThread, LibraryThreadEvents } from './libraryReply.ts';
import type { OpenLibraryOptions } from './openLibrary.ts';

export interface ConnectedLibrary extends LibraryApi {
  /** Ends the thread at once, whatever it does; what was committed stays. `close` is the friendly way. */
  terminate(): Promise<void>;
}

/**
 * Starts the thread and opens the library in it. `close` closes the files and ends the thread.
 * @param onIndexLost the index was found damaged by a query, and its files wait to be indexed again
 * @throws PlayheadError see `openLibrary`; every call may throw `connection-lost` when the thread has died.
 */
export async function connectLibrary(
  options: OpenLibraryOptions,
  onIndexLost: () => void = () => {},
): Promise<ConnectedLibrary> {
  const worker = new Worker(threadUrl(import.meta.url, 'libraryWorker'), { workerData: options, name: 'library' });
  let settle: (reply: LibraryReply) => void = () => {};
  const opened = new Promise<LibraryReply>((resolve) => {
    settle = resolve;
  });
  const thread = createBirpc<LibraryThread, LibraryThreadEvents>(
    { opened: settle, indexLost: onIndexLost },
    { post: (data) => worker.postMessage(data), on: (listen) => worker.on('message', listen), timeout: -1 },
  );
  let lost: PlayheadError | null = null;
  const end = (cause?: unknown) => {
    lost ??= lostThread(cause);
    settle({ ok: false, error: lost.toInfo() });
    if (!thread.$closed) thread.$close();
  };
  worker.once('error', end);
  worker.once('exit', () => end());

  const call = async (method: keyof LibraryApi, args: unknown[]): Promise<unknown> => {
    const reply = await thread.call(method, args).catch((error: unknown) => {
      throw lost ?? error;
    });
    return unwrap(reply);
  };
  const terminate = async () => {
    await worker.terminate();
  };
  try {
    const methods = unwrap(await opened) as (keyof LibraryApi)[];
    const api = Object.fromEntries(
      methods.map((method) => [method, (...args: unknown[]) => call(method, args)]),
    ) as unknown as LibraryApi;
    return { ...api, close: () => api.close().finally(terminate), terminate };
  } catch (error) {
    await terminate();
    throw error;
  }
}

function unwrap(reply: LibraryReply): unknown {
  if (reply.ok) return reply.value;
  throw fromErrorInfo(reply.error);
}

function lostThread(cause: unknown): PlayheadError {
  return new PlayheadError(
    { code: 'connection-lost', message: 'The library is closed.', hint: 'Start Playhead again.' },
    cause === undefined ? undefined : { cause },
  );
}
