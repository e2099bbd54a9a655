/**
 * One Playhead works on a library at a time: a second would run the same jobs again. The lock is an open SQLite
 * transaction on a file of its own, so the system itself releases it, however its program ends.
 */

import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PlayheadError } from '../../contract/index.ts';
import { holdExclusively } from '../library/driver.ts';
import { createLibraryFolder } from '../library/libraryFiles.ts';
import { ignore } from '../log/log.ts';
import { diskFull, isDiskFull } from '../ports/diskFull.ts';

export class LibraryLock {
  readonly #letGo: () => void;
  /** Who holds it, for the message alone. */
  readonly #note: string;

  private constructor(letGo: () => void, note: string) {
    this.#letGo = letGo;
    this.#note = note;
  }

  /** @throws PlayheadError `library-locked` while another live process holds it */
  static async take(folder: string): Promise<LibraryLock> {
    const note = join(folder, 'playhead.lock');
    let letGo: (() => void) | null;
    try {
      letGo = holdExclusively(join(folder, 'lock.sqlite'));
    } catch (thrown) {
      throw unwritable(folder, thrown);
    }
    if (letGo === null) throw locked(folder, Number(await readFile(note, 'utf8').catch(() => '0')));
    await writeFile(note, String(process.pid)).catch(ignore('the lock names no process', { file: note }));
    return new LibraryLock(letGo, note);
  }

  async release(): Promise<void> {
    await rm(this.#note, { force: true });
    this.#letGo();
  }
}

/** @throws PlayheadError `file-unreadable` or `disk-full` when the folder cannot be made */
export async function makeLibraryFolder(folder: string): Promise<void> {
  try {
    createLibraryFolder(folder);
  } catch (thrown) {
    throw thrown instanceof PlayheadError ? thrown : unwritable(folder, thrown);
  }
}

function locked(folder: string, holder: number): PlayheadError {
  return new PlayheadError({
    code: 'library-locked',
    message: `Playhead is already open with this library${holder > 0 ? ` (process ${holder})` : ''}.`,
    hint: 'Close it first, or give another folder with --library.',
    file: folder,
  });
}

function unwritable(folder: string, cause: unknown): PlayheadError {
  if (isDiskFull(cause)) return diskFull('the library could not be opened', { file: folder, cause });
  return new PlayheadError(
    {
      code: 'file-unreadable',
      message: 'The library folder cannot be written to.',
      hint: 'Change its permissions, or give another folder with --library.',
      file: folder,
    },
    { cause },
  );
}
