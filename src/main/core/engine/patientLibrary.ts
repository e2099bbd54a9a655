/** The library, whose calls wait out a full disk and another program's hold instead of failing. */
import type { LibraryApi } from '../ports/libraryApi.ts';
import type { StorageGate } from './storageGate.ts';

/** Calls that change nothing: they never wait behind one that cannot be written. */
const isRead = (name: string) => /^(get|list|search|counts|health|nextJob|thumbnailFile|mediaFile)/.test(name);

/**
 * Writes are made one after another, in the order in which they were asked for: one that has to wait is never
 * overtaken by a later one. `close` is passed on as it is.
 * @param confirm throws when what was written is lost all the same: such a write is not acknowledged
 */
export function patientLibrary(library: LibraryApi, gate: StorageGate, confirm = () => {}): LibraryApi {
  let lastWrite: Promise<unknown> = Promise.resolve();

  const patient = (name: keyof LibraryApi) => {
    const call = library[name] as (...args: unknown[]) => Promise<unknown>;
    if (name === 'close') return call;
    if (isRead(name)) return (...args: unknown[]) => gate.persist(() => call(...args));
    return (...args: unknown[]) => {
      const written = lastWrite.then(() => gate.persist(() => call(...args).finally(confirm)));
      lastWrite = written.catch(() => {});
      return written;
    };
  };
  const names = Object.keys(library) as (keyof LibraryApi)[];
  return Object.fromEntries(names.map((name) => [name, patient(name)])) as unknown as LibraryApi;
}
