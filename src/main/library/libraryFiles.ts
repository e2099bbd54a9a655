/** The files of a library folder: their names, and how one is put out of the way without deleting it. */
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PlayheadError } from '../../contract/index.ts';

export interface LibraryFiles {
  /** What cannot be made again. */
  library: string;
  /** What can. */
  index: string;
  /** Folder of the copies of `library`. */
  backups: string;
}

/** Absolute paths of everything that the library keeps in `folder`. */
export function libraryFiles(folder: string): LibraryFiles {
  return {
    library: join(folder, 'library.sqlite'),
    index: join(folder, 'index.sqlite'),
    backups: join(folder, 'backups'),
  };
}

/**
 * Makes the folder and those above it. Node's own `recursive` never returns where a folder cannot be made
 * although the one above it is there (`/proc/x`).
 * @throws the system's error when the folder cannot be made.
 */
export function createLibraryFolder(folder: string): void {
  const there = statSync(folder, { throwIfNoEntry: false });
  if (there?.isDirectory()) return;
  if (there) throw notAFolder(folder);
  if (dirname(folder) !== folder) createLibraryFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    const wasMadeMeanwhile = existsSync(folder);
    if (!wasMadeMeanwhile) throw error;
  }
}

function notAFolder(path: string): PlayheadError {
  return new PlayheadError({
    code: 'invalid-input',
    message: 'A library is a folder, and this is a file.',
    file: path,
    hint: 'Give a folder with --library; it is made where there is none.',
  });
}

/**
 * Renames a database and its companions to `<file>.damaged-<time>`. Gives the new path, or null when there was none.
 * A program that still has it open keeps working on the renamed file; on Windows the rename fails instead.
 */
export function setAside(file: string): string | null {
  if (!['', '-wal', '-shm'].some((suffix) => existsSync(file + suffix))) return null;
  const target = freeName(`${file}.damaged-${timeStamp()}`);
  for (const suffix of ['-shm', '-wal', '']) {
    if (existsSync(file + suffix)) renameSync(file + suffix, target + suffix);
  }
  return target;
}

/** What was written is on the disk, not on its way there. */
export function syncFile(path: string): void {
  const handle = openSync(path, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** "2026-11-22T18-04-05": sorts by time and is a legal file name everywhere. */
export function timeStamp(date = new Date()): string {
  return date.toISOString().slice(0, 19).replaceAll(':', '-');
}

/** A name that nothing has yet: `<path><ending>`, or `<path>-2<ending>`. */
export function freeName(path: string, ending = ''): string {
  let candidate = path + ending;
  for (let count = 2; existsSync(candidate); count++) candidate = `${path}-${count}${ending}`;
  return candidate;
}
