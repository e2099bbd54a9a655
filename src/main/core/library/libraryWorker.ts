/** Entry of the library's thread: opens the folder in `workerData` and answers calls until it is closed. */
import { parentPort, workerData } from 'node:worker_threads';
import { createBirpc } from 'birpc';
import { toErrorInfo } from '../../../contract/index.ts';
import type { LibraryApi } from '../ports/libraryApi.ts';
import { createLibrary } from './createLibrary.ts';
import type { LibraryReply, LibraryThread, LibraryThreadEvents } from './libraryReply.ts';
import type { OpenLibraryOptions } from './openLibrary.ts';

const port = parentPort;
if (port === null) throw new Error('libraryWorker.ts runs as a worker thread');

let library: LibraryApi | null = null;

const client = createBirpc<LibraryThreadEvents, LibraryThread>(
  {
    call: (method, args) => reply(() => callMethod(method, args)),
  },
  { post: (data) => port.postMessage(data), on: (listen) => port.on('message', listen), timeout: -1 },
);

const opened = await reply(async () => {
  library = createLibrary(workerData as OpenLibraryOptions, () => client.indexLost.asEvent());
  return Object.keys(library);
});
client.opened.asEvent(opened);

async function callMethod(method: keyof LibraryApi, args: unknown[]): Promise<unknown> {
  const implementation = library?.[method] as (...args: unknown[]) => Promise<unknown>;
  return implementation(...args);
}

async function reply(work: () => Promise<unknown>): Promise<LibraryReply> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    return { ok: false, error: toErrorInfo(error) };
  }
}
