/** What SQLite and the file system throw, as errors that say what to do next. */

import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ErrorInfo } from '../../contract/index.ts';
import { PlayheadError } from '../../contract/index.ts';
import { diskFull, isDiskFull } from '../ports/diskFull.ts';

/** Any failure of a database call as a PlayheadError; what is not known to us passes through. */
export function toLibraryError(error: unknown, file: string): unknown {
  if (error instanceof PlayheadError) return error;
  if (isDiskFull(error) || (isFailedWrite(codeOf(error)) && hasNoRoom(file))) return noRoom(file, error);
  const known = describeCode(codeOf(error), file);
  return known === null ? error : new PlayheadError({ ...known, file }, { cause: error });
}

function noRoom(file: string, cause: unknown): PlayheadError {
  const hint = 'Free some space; work then goes on by itself, and nothing that was saved is lost.';
  return diskFull(`the library in ${dirname(file)} could not be written`, { file, hint, cause });
}

/** True when a database file itself is broken: not a database, or a page that makes no sense. */
export function isDamage(error: unknown): boolean {
  if (error instanceof PlayheadError) return error.code === 'library-damaged';
  return /^SQLITE_(CORRUPT|NOTADB)/.test(codeOf(error));
}

/** True for what passes without anyone's doing in Playhead: room on the disk, and another program's hold. */
export function isStorageTrouble(thrown: unknown): boolean {
  return isDiskFull(thrown) || codeOf(thrown) === 'library-locked';
}

export function damagedLibrary(file: string, cause?: unknown): PlayheadError {
  const info = describeCode('SQLITE_CORRUPT', file) as ErrorInfo;
  return new PlayheadError({ ...info, file }, cause === undefined ? undefined : { cause });
}

/** @throws PlayheadError `not-found`, naming the kind of thing and its id. */
export function notFound(what: string, id: string): PlayheadError {
  return new PlayheadError({ code: 'not-found', message: `There is no ${what} "${id}" in this library.` });
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function describeCode(code: string, file: string): ErrorInfo | null {
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) {
    return {
      code: 'library-locked',
      message: `Another program holds the library: ${file}.`,
      hint: 'Close the other program, or wait until it has finished; work then goes on by itself.',
    };
  }
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(code)) {
    return {
      code: 'library-damaged',
      message: `The library file is damaged: ${file}.`,
      hint: `Nothing was deleted. \`playhead restore\` puts the newest good copy of ${dirname(file)}/backups in its place.`,
    };
  }
  if (
    /^SQLITE_(CANTOPEN|READONLY|PERM|AUTH|IOERR)/.test(code) ||
    /^(EACCES|EPERM|EROFS|ENOTDIR|ENOENT|EEXIST)$/.test(code)
  ) {
    return {
      code: 'file-unreadable',
      message: `The library folder cannot be read and written: ${dirname(file)}.`,
      hint: 'Give yourself the right to write there, or choose another folder for the library.',
    };
  }
  return null;
}

/** SQLite calls some failures for want of room a failed write: of its shared memory, of a sync, of a quota. */
function isFailedWrite(code: string): boolean {
  return /^SQLITE_(IOERR(_(WRITE|FSYNC|DIR_FSYNC|TRUNCATE|SHMOPEN|SHMSIZE|SHMMAP))?|CANTOPEN)$/.test(code);
}

/** Less room than SQLite needs to open and change a file. */
function hasNoRoom(file: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(dirname(file));
    return bavail * bsize < 128 * 1024;
  } catch {
    return false;
  }
}
