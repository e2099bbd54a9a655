/** Copies of the user's file: one a day, and one before every migration. A damaged file never replaces a good copy. */
import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { damagedLibrary } from './libraryErrors.ts';
import { libraryFiles, timeStamp } from './libraryFiles.ts';
import { versionOf } from './migrate.ts';
import type { LibraryDatabase } from './openLibrary.ts';

const KEEP_DAILY = 5;
const KEEP_BEFORE_MIGRATION = 3;
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Makes the copy that is due, if any, after checking the original.
 * @param isSound runs the integrity check; called only when a copy is due.
 * @throws PlayheadError `library-damaged` when the check fails: the older copies stay as they are.
 */
export function keepBackup(db: LibraryDatabase, file: string, newestVersion: number, isSound: () => boolean): void {
  const folder = libraryFiles(dirname(file)).backups;
  const version = versionOf(db);
  if (version > newestVersion) return;
  const migrates = version > 0 && version < newestVersion;
  if (!migrates && !isDailyDue(folder, file)) return;
  if (!isSound()) throw damagedLibrary(file);
  copyTo(db, folder, migrates ? `library-before-v${version + 1}-${timeStamp()}` : `library-${timeStamp()}`);
  forgetOldest(folder, /^library-\d.*\.sqlite$/, KEEP_DAILY);
  forgetOldest(folder, /^library-before-.*\.sqlite$/, KEEP_BEFORE_MIGRATION);
}

/** The copies in `folder`, oldest first (absolute paths). */
export function listBackups(folder: string, pattern = /^library-.*\.sqlite$/): string[] {
  try {
    const names = readdirSync(folder).filter((name) => pattern.test(name));
    return names.map((name) => join(folder, name)).sort((a, b) => statSync(a).mtimeMs - statSync(b).mtimeMs);
  } catch {
    return [];
  }
}

function isDailyDue(folder: string, file: string): boolean {
  const newest = listBackups(folder).at(-1);
  if (newest === undefined) return true;
  const copied = statSync(newest).mtimeMs;
  return Date.now() - copied > DAY_MS && statSync(file).mtimeMs > copied;
}

/** Written under another name first, so that a copy with its real name is always whole. */
function copyTo(db: LibraryDatabase, folder: string, name: string): void {
  mkdirSync(folder, { recursive: true });
  const target = join(folder, `${name}.sqlite`);
  const unfinished = `${target}.unfinished-${process.pid}`;
  try {
    db.prepare('VACUUM INTO ?').run(unfinished);
    syncFile(unfinished);
    renameSync(unfinished, target);
  } finally {
    rmSync(unfinished, { force: true });
  }
}

function syncFile(path: string): void {
  const handle = openSync(path, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function forgetOldest(folder: string, pattern: RegExp, keep: number): void {
  const copies = listBackups(folder, pattern);
  for (const path of copies.slice(0, -keep)) rmSync(path, { force: true });
}
