/**
 * Copies of the user's file: one a day, and one before every migration. A copy counts once it was read again; a
 * damaged file never replaces a good copy, and a file that has lost the person's words never the fullest one.
 */
import { mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isDiskFull } from '../ports/diskFull.ts';
import type { WritableDatabase } from './driver.ts';
import { keepFullest } from './keepFullest.ts';
import { damagedLibrary } from './libraryErrors.ts';
import { freeName, libraryFiles, syncFile, timeStamp } from './libraryFiles.ts';
import { versionOf } from './migrate.ts';
import { readCopy } from './readCopy.ts';

const KEEP_DAILY = 5;
const KEEP_BEFORE_MIGRATION = 3;
const DAY_MS = 24 * 60 * 60 * 1000;
/** Clocks of other machines may be a little ahead. */
const CLOCK_SLACK_MS = 60 * 1000;

/**
 * Makes the copy that is due, if any, after checking the original. Gives what the person should know, in words.
 * @param isSound runs the integrity check; called only when a copy is due.
 * @throws PlayheadError `library-damaged` when the check fails: the older copies stay as they are.
 */
export function keepBackup(
  db: WritableDatabase,
  file: string,
  newestVersion: number,
  isSound: () => boolean,
): string[] {
  const folder = libraryFiles(dirname(file)).backups;
  const version = versionOf(db);
  if (version > newestVersion) return [];
  const migrates = version > 0 && version < newestVersion;
  if (!migrates && !isDailyDue(folder, file)) return [];
  if (!isSound()) throw damagedLibrary(file);
  try {
    const copy = copyTo(
      db,
      folder,
      migrates ? `library-before-v${version + 1}-${timeStamp()}` : `library-${timeStamp()}`,
    );
    const notices = keepFullest(folder, copy, listBackups(folder));
    forgetOldest(folder, /^library-\d.*\.sqlite$/, KEEP_DAILY);
    forgetOldest(folder, /^library-before-.*\.sqlite$/, KEEP_BEFORE_MIGRATION);
    return notices;
  } catch (error) {
    // Nothing is changed without a copy; the daily one is tried again at the next start.
    if (migrates || !(isDiskFull(error) || isNotAllowed(error))) throw error;
    return [`The daily copy of your library could not be made in ${folder}: ${(error as Error).message}.`];
  }
}

/** A copy that the person asked for: as `target`, or where that is null beside the others in `folder`. Gives its path. */
export function copyLibrary(db: WritableDatabase, folder: string, target: string | null): string {
  if (target === null) return copyTo(db, folder, `library-${timeStamp()}`);
  return copyTo(db, dirname(target), basename(target).replace(/\.sqlite$/, ''));
}

/** The copies in `folder`, oldest first (absolute paths). */
export function listBackups(folder: string, pattern = /^library-.*\.sqlite$/): string[] {
  try {
    const names = readdirSync(folder).filter((name) => pattern.test(name));
    return names.map((name) => join(folder, name)).sort((a, b) => dateOf(a) - dateOf(b));
  } catch {
    return [];
  }
}

/** When a copy was made, in milliseconds; a file that is dated in the future says nothing, its name may. */
export function dateOf(copy: string): number {
  const latest = Date.now() + CLOCK_SLACK_MS;
  const written = statSync(copy).mtimeMs;
  if (written <= latest) return written;
  return namedDate(copy) ?? 0;
}

/** When a copy was made, for people: as its name says, for a file that was copied elsewhere and back is dated anew. */
export function madeAt(copy: string): number {
  return namedDate(copy) ?? dateOf(copy);
}

function namedDate(copy: string): number | null {
  const [, day, time] = /(\d{4}-\d\d-\d\d)T(\d\d-\d\d-\d\d)/.exec(basename(copy)) ?? [];
  const named = Date.parse(`${day}T${time?.replaceAll('-', ':')}Z`);
  return named <= Date.now() + CLOCK_SLACK_MS ? named : null;
}

function isDailyDue(folder: string, file: string): boolean {
  const copied = Math.max(0, ...listBackups(folder).map(dateOf));
  const changed = statSync(file).mtimeMs;
  return Date.now() - copied > DAY_MS && (changed > copied || copied === 0);
}

/** Written under another name first and read again, so that a copy with its real name is always whole. */
function copyTo(db: WritableDatabase, folder: string, name: string): string {
  mkdirSync(folder, { recursive: true });
  const target = freeName(join(folder, name), '.sqlite');
  const unfinished = `${target}.unfinished-${process.pid}`;
  try {
    db.prepare('VACUUM INTO ?').run(unfinished);
    syncFile(unfinished);
    if (readCopy(unfinished) === null) throw damagedLibrary(unfinished);
    renameSync(unfinished, target);
    return target;
  } finally {
    rmSync(unfinished, { force: true });
  }
}

function forgetOldest(folder: string, pattern: RegExp, keep: number): void {
  const copies = listBackups(folder, pattern);
  for (const path of copies.slice(0, -keep)) rmSync(path, { force: true });
}

function isNotAllowed(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^(EACCES|EPERM|EROFS)$/.test(String(error.code));
}
