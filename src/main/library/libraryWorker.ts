/** Entry of the library's thread: opens the folder in `workerData` and answers calls until it is closed. */
import { workerData } from 'node:worker_threads';
import { toErrorInfo } from '../../contract/index.ts';
import { serveParent } from '../channel/parentPort.ts';
import type { LibraryApi } from '../ports/libraryApi.ts';
import type { LibraryEvents } from './connectLibrary.ts';
import { createLibrary } from './createLibrary.ts';
import { noteSlowCalls } from './noteSlowCalls.ts';
import type { OpenLibraryOptions } from './openLibrary.ts';

const parent = serveParent<LibraryEvents>('library', open());

/** A thread that cannot open its library ends with the reason, as plain data: classes do not cross. */
function open(): LibraryApi {
  try {
    return noteSlowCalls(createLibrary(workerData as OpenLibraryOptions, () => parent.tell('indexLost')));
  } catch (thrown) {
    throw toErrorInfo(thrown);
  }
}
