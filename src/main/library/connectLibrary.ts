/** The library in a thread of its own, so that no query ever blocks a window or a stream. */
import { Worker } from 'node:worker_threads';
import { fromErrorInfo, PlayheadError, toErrorInfo } from '../../contract/index.ts';
import { connect } from '../channel/connect.ts';
import { messagePort } from '../channel/messagePort.ts';
import type { LibraryApi } from '../ports/libraryApi.ts';
import { libraryCallNames } from '../ports/libraryCalls.ts';
import { threadUrl } from '../ports/threadUrl.ts';
import type { OpenLibraryOptions } from './openLibrary.ts';

export interface ConnectedLibrary extends LibraryApi {
  /** Ends the thread at once, whatever it does; what was committed stays. `close` is the friendly way. */
  terminate(): Promise<void>;
}

/** What the thread tells. */
export interface LibraryEvents {
  /** A query found the index of some or all files damaged; these wait to be indexed again. */
  indexLost(): void;
}

/**
 * Starts the thread and opens the library in it. `close` closes the files and ends the thread.
 * @param onIndexLost a query found the index of some or all files damaged; these wait to be indexed again
 * @throws PlayheadError see `openLibrary`; every call may throw `connection-lost` when the thread has died.
 */
export async function connectLibrary(
  options: OpenLibraryOptions,
  onIndexLost: () => void = () => {},
): Promise<ConnectedLibrary> {
  const worker = new Worker(threadUrl(import.meta.url, 'libraryWorker'), { workerData: options, name: 'library' });
  const events: LibraryEvents = { indexLost: onIndexLost };
  const { api, close } = connect<LibraryApi>(messagePort(worker), { events });
  worker.once('error', (thrown) => close(whyItEnded(thrown)));
  worker.once('exit', () => close(lostThread()));
  const terminate = async () => void (await worker.terminate());
  try {
    await api.health(); // answers once the library is open
  } catch (thrown) {
    await terminate();
    throw thrown;
  }
  const calls = Object.fromEntries(libraryCallNames.map((name) => [name, api[name]]));
  return { ...(calls as unknown as LibraryApi), close: () => api.close().finally(terminate), terminate };
}

/** Why the library could not be opened, or that its thread broke down. */
function whyItEnded(thrown: unknown): PlayheadError {
  const info = toErrorInfo(thrown);
  return info.code === 'internal' ? lostThread(thrown) : fromErrorInfo(info);
}

function lostThread(cause?: unknown): PlayheadError {
  return new PlayheadError(
    { code: 'connection-lost', message: 'The library is closed.', hint: 'Start Playhead again.' },
    cause === undefined ? undefined : { cause },
  );
}
