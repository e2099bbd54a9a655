/** The library, whose calls wait out a full disk and another program's hold instead of failing. */
import type { LibraryApi } from '../ports/libraryApi.ts';
import { type LibraryCall, libraryCallNames, libraryCalls } from '../ports/libraryCalls.ts';
import type { StorageGate } from './storageGate.ts';

/**
 * Writes are made one after another, in the order in which they were asked for: one that has to wait is never
 * overtaken by a later one. `close` is passed on as it is.
 * @param confirm throws when what was written is lost all the same: such a write is not acknowledged
 */
export function patientLibrary(library: LibraryApi, gate: StorageGate, confirm = () => {}): LibraryApi {
  let lastWrite: Promise<unknown> = Promise.resolve();

  const patient = (name: LibraryCall) => {
    const call = library[name] as (...args: unknown[]) => Promise<unknown>;
    if (libraryCalls[name] === 'read') return (...args: unknown[]) => gate.persist(() => call(...args));
    return (...args: unknown[]) => {
      const written = lastWrite.then(() => gate.persist(() => call(...args).finally(confirm)));
      lastWrite = written.catch(() => {}); // told to who wrote it
      return written;
    };
  };
  const calls = Object.fromEntries(libraryCallNames.map((name) => [name, patient(name)]));
  return { ...(calls as unknown as LibraryApi), close: library.close };
}
