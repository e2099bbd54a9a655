/** One Playhead works on a library at a time: a second would run the same jobs again. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PlayheadError } from '../../../contract/index.ts';
import { createLibraryFolder } from '../library/libraryFiles.ts';

/** Locks of this very process: a crash may leave our own process id behind, which another start had. */
const held = new Set<string>();

export class LibraryLock {
  readonly #file: string;

  private constructor(file: string) {
    this.#file = file;
  }

  /** @throws PlayheadError `library-locked` while another live process holds it */
  static async take(folder: string): Promise<LibraryLock> {
    const file = join(folder, 'playhead.lock');
    for (let attempt = 0; attempt < 2; attempt++) {
      try {
        await writeFile(file, String(process.pid), { flag: 'wx' });
        held.add(file);
        return new LibraryLock(file);
      } catch (thrown) {
        if ((thrown as NodeJS.ErrnoException).code !== 'EEXIST') throw unwritable(folder, thrown);
        const holder = Number(await readFile(file, 'utf8').catch(() => '0'));
        if (held.has(file) || (holder !== process.pid && isAlive(holder))) throw locked(folder, holder);
        await rm(file, { force: true });
      }
    }
    throw locked(folder, 0);
  }

  async release(): Promise<void> {
    await rm(this.#file, { force: true });
    held.delete(this.#file);
  }
}

/** @throws PlayheadError `file-unreadable` or `disk-full` when the folder cannot be made */
export async function makeLibraryFolder(folder: string): Promise<void> {
  try {
    createLibraryFolder(folder);
  } catch (thrown) {
    throw unwritable(folder, thrown);
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'EPERM';
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
  const full = (cause as NodeJS.ErrnoException).code === 'ENOSPC';
  return new PlayheadError(
    full
      ? { code: 'disk-full', message: 'The disk is full.', hint: 'Free some space and try again.', file: folder }
      : {
          code: 'file-unreadable',
          message: 'The library folder cannot be written to.',
          hint: 'Change its permissions, or give another folder with --library.',
          file: folder,
        },
    { cause },
  );
}
