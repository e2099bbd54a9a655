/** Brings a copy of the library back, and tells a library that has lost its own file from a new one. */
import { copyFileSync, readdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PlayheadError } from '../../contract/index.ts';
import { listBackups, madeAt } from './backups.ts';
import { openFile } from './driver.ts';
import { libraryFiles, setAside, syncFile } from './libraryFiles.ts';
import { type CopyContents, readCopy } from './readCopy.ts';

export interface Backup extends CopyContents {
  /** Absolute path. */
  file: string;
  /** ISO 8601. */
  date: string;
}

/** The copies of a library that can be read, the newest first. */
export function goodBackups(folder: string): Backup[] {
  return listBackups(libraryFiles(folder).backups, /^(kept-)?library-.*\.sqlite$/)
    .flatMap((file) => {
      const contents = readCopy(file);
      return contents === null ? [] : [{ ...contents, file, date: new Date(madeAt(file)).toISOString() }];
    })
    .sort((a, b) => b.date.localeCompare(a.date));
}

/**
 * Puts a copy into the place of the library's own file, which is renamed, never deleted. Gives its new name, or null
 * when there was none. Nobody may have the library open.
 * @throws PlayheadError `library-damaged` when the copy cannot be read
 */
export function restoreBackup(folder: string, backup: string): string | null {
  if (sizeOf(backup) === 0) {
    throw new PlayheadError({
      code: 'file-not-found',
      message: 'There is no such copy of the library.',
      file: backup,
      hint: '`playhead restore --list` names those that can be read.',
    });
  }
  if (readCopy(backup) === null) {
    throw new PlayheadError({
      code: 'library-damaged',
      message: 'This copy of the library is damaged, so it was not put back.',
      file: backup,
      hint: 'Choose another one: `playhead restore --list` names those that can be read.',
    });
  }
  const { library } = libraryFiles(folder);
  const arriving = `${library}.arriving`;
  copyFileSync(backup, arriving);
  forgetGeneration(arriving);
  syncFile(arriving);
  const before = setAside(library);
  renameSync(arriving, library);
  return before;
}

/** The index may know files that the copy does not, and the other way round: it is matched anew. */
function forgetGeneration(file: string): void {
  const { db } = openFile(file, 1000);
  try {
    db.prepare("DELETE FROM settings WHERE key = 'index.generation'").run();
    db.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    db.close();
  }
}

/**
 * What lies in the folder beside the library's own file ("a search index and copies"), or "". Asked before that file is
 * opened: it is always made first.
 */
export function remainsOfLibrary(folder: string): string {
  const files = libraryFiles(folder);
  const remains = [
    ...(sizeOf(files.index) > 0 ? ['a search index'] : []),
    ...(namesIn(join(folder, 'thumbnails')).length > 0 ? ['pictures'] : []),
    ...(listBackups(files.backups, /\.sqlite$/).length > 0 ? ['copies'] : []),
  ];
  return remains.join(' and ');
}

/** Beside what is left of a library, a file of no bytes is a loss, not a new library. */
export function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** The error `library-missing`, which names the newest copy that can be read. */
export function lostLibrary(folder: string, remains: string): PlayheadError {
  const [newest] = goodBackups(folder);
  const hint = newest
    ? `The newest copy that can be read is of ${newest.date.slice(0, 16).replace('T', ' ')} (${newest.files} files, ${newest.conversations} conversations): \`playhead restore\` brings it back. \`playhead restore --empty\` begins anew.`
    : 'If it lies elsewhere, put it back. `playhead restore --empty` begins anew, with what is in the index kept aside.';
  return new PlayheadError({
    code: 'library-missing',
    message: `The library's own file is missing or empty, although ${remains} of it are there. Nothing was changed.`,
    file: libraryFiles(folder).library,
    hint,
  });
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
