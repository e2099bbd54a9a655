/** What a shell offers when the library cannot be opened: its copies, and one of them in its place. */
import { resolve } from 'node:path';
import { PlayheadError } from '../../contract/index.ts';
import { createLibrary } from '../library/createLibrary.ts';
import { libraryFiles, setAside } from '../library/libraryFiles.ts';
import { type CopyContents, readCopy } from '../library/readCopy.ts';
import { type Backup, goodBackups, restoreBackup } from '../library/restoreLibrary.ts';
import { LibraryLock, makeLibraryFolder } from './libraryLock.ts';

export { type Backup, goodBackups };

/** What a library's own file holds; null where there is none that can be read, or nothing is in it. */
export function soundLibrary(folder: string): CopyContents | null {
  const contents = readCopy(libraryFiles(folder).library);
  return contents && contents.files + contents.conversations > 0 ? contents : null;
}

/** @returns where the file that was in its place is now, or null; @throws PlayheadError `library-locked`, `not-found` */
export async function restoreLibrary(
  folder: string,
  backup?: string,
): Promise<{ restored: string; before: string | null }> {
  const from = backup === undefined ? goodBackups(folder)[0]?.file : resolve(backup);
  if (from === undefined) {
    throw new PlayheadError({
      code: 'not-found',
      message: 'There is no copy of this library that can be read.',
      file: folder,
      hint: 'Give one with --from, or begin anew with --empty.',
    });
  }
  return whileLocked(folder, () => ({ restored: from, before: restoreBackup(folder, from) }));
}

/**
 * Begins anew beside what is left; nothing is deleted.
 * @returns where the file that was in its place is now, or null
 */
export function startEmptyLibrary(folder: string): Promise<{ before: string | null }> {
  return whileLocked(folder, async () => {
    const before = setAside(libraryFiles(folder).library);
    await createLibrary({ folder, startEmpty: true }).close();
    return { before };
  });
}

async function whileLocked<T>(folder: string, work: () => T): Promise<Awaited<T>> {
  await makeLibraryFolder(folder);
  const lock = await LibraryLock.take(folder);
  try {
    return await work();
  } finally {
    await lock.release();
  }
}
