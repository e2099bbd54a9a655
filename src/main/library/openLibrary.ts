/**
 * Opens the library of a folder.
 *
 * Two database files: `library.sqlite` holds what cannot be made again (the list of files, conversations,
 * jobs, settings); `index.sqlite` holds what can (segments, knowledge, words, vectors) and is attached to it
 * as `indexdb`. A damaged index is set aside and built again; the person's own words are never in danger of it.
 */
import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { keepBackup } from './backups.ts';
import { openFile, type ReadableDatabase, type WritableDatabase } from './driver.ts';
import { damagedLibrary, isDamage, toLibraryError } from './libraryErrors.ts';
import { createLibraryFolder, libraryFiles, setAside } from './libraryFiles.ts';
import { matchGenerations } from './matchGenerations.ts';
import { migrate, versionOf } from './migrate.ts';
import { indexMigrations, libraryMigrations } from './migrations/all.ts';
import { rememberMissingFileWords } from './queries/fileWords.ts';
import { lostLibrary, remainsOfLibrary, sizeOf } from './restoreLibrary.ts';

export { unpackedPath } from './driver.ts';
export type { ReadableDatabase, WritableDatabase };

export interface OpenLibraryOptions {
  /** Absolute path; made when it is missing. */
  folder: string;
  /** How long to wait for another program that is writing while the library is opened, in milliseconds. Default 5000. */
  busyTimeoutMs?: number;
  /** The same once the library is open; left out, as while opening. */
  callTimeoutMs?: number;
  /** True to begin anew where the library's own file is missing beside what is left of it. */
  startEmpty?: boolean;
  /** True to set the present index aside, because a query found it damaged. */
  discardIndex?: boolean;
}

export interface OpenedLibrary {
  db: WritableDatabase;
  /** False where sqlite-vec has no binary for this machine: everything but search by meaning works. */
  hasVectors: boolean;
  /** True when the index was lost or damaged and starts empty; the files wait in state `queued`. */
  indexRebuilt: boolean;
  /** What happened while opening, in words. */
  notices: string[];
}

/** A larger file is checked only when the last program did not close it: reading all of it would delay the start. */
const ALWAYS_CHECK_BELOW_BYTES = 64 * 2 ** 20;

/**
 * Opens, checks, backs up and migrates both files.
 * @throws PlayheadError `library-locked`, `library-damaged` and `library-missing` (the user's file alone), `disk-full`,
 *   `file-unreadable` (no rights), `library-newer` (written by a newer Playhead).
 */
export function openLibrary(options: OpenLibraryOptions): OpenedLibrary {
  const files = libraryFiles(options.folder);
  const timeout = options.busyTimeoutMs ?? 5000;
  try {
    createLibraryFolder(options.folder);
    const remains = remainsOfLibrary(options.folder);
    if (options.startEmpty) setAside(files.library);
    else if (remains && sizeOf(files.library) === 0) throw lostLibrary(options.folder, remains);
    const mayBeNew = !remains || options.startEmpty === true;
    const { db, hasVectors, notices } = openUserFile(files.library, timeout, mayBeNew);
    try {
      const setAsideAs = prepareIndex(files.index, timeout, options.discardIndex ?? false);
      attachIndex(db, files.index);
      const indexRebuilt = matchGenerations(db);
      rememberMissingFileWords(db);
      db.pragma(`busy_timeout = ${options.callTimeoutMs ?? timeout}`);
      return {
        db,
        hasVectors,
        indexRebuilt,
        notices: [...notices, ...noticesOfOpening({ setAsideAs, indexRebuilt, hasVectors })],
      };
    } catch (error) {
      db.close();
      throw error;
    }
  } catch (error) {
    throw toLibraryError(error, files.library);
  }
}

/** True when every page of the user's file reads well. Milliseconds for a small file, seconds for a gigabyte. */
export function passesCheck(db: WritableDatabase): boolean {
  try {
    return db.pragma('main.quick_check(1)', { simple: true }) === 'ok';
  } catch (error) {
    if (isDamage(error)) return false;
    throw error;
  }
}

function openUserFile(file: string, timeout: number, mayBeNew: boolean) {
  const mustCheck = isWorthChecking(file);
  const { db, hasVectors } = openFile(file, timeout);
  try {
    if (mustCheck && !passesFullCheck(db)) throw damagedLibrary(file);
    // Also one that another program has made a moment ago and is still filling with tables.
    const isNew = versionOf(db) === 0;
    if (!mayBeNew && isNew) throw lostLibrary(dirname(file), 'other files');
    const isSound = () => mustCheck || passesFullCheck(db);
    const notices = isNew ? [] : keepBackup(db, file, libraryMigrations.length, isSound);
    migrate(db, libraryMigrations, file);
    // A conversation must survive a power cut, so every commit reaches the disk.
    db.pragma('main.synchronous = FULL');
    return { db, hasVectors, notices };
  } catch (error) {
    db.close();
    throw isDamage(error) ? damagedLibrary(file, error) : error;
  }
}

/** As `passesCheck`, and that every row is in its indexes and keeps to its table's rules. */
function passesFullCheck(db: WritableDatabase): boolean {
  try {
    return db.pragma('main.integrity_check(1)', { simple: true }) === 'ok';
  } catch (error) {
    if (isDamage(error)) return false;
    throw error;
  }
}

/** Makes the index file ready to be attached. Gives the path of the one that was set aside, or null. */
function prepareIndex(file: string, timeout: number, discard: boolean): string | null {
  try {
    if (discard) throw damagedLibrary(file);
    checkAndMigrateIndex(file, timeout);
    return null;
  } catch (error) {
    if (!isDamage(error)) throw error;
  }
  const damaged = setAside(file);
  checkAndMigrateIndex(file, timeout);
  return damaged;
}

function checkAndMigrateIndex(file: string, timeout: number): void {
  const mustCheck = isWorthChecking(file);
  const { db } = openFile(file, timeout);
  try {
    if (mustCheck && !passesFullCheck(db)) throw damagedLibrary(file);
    migrate(db, indexMigrations, file);
  } finally {
    db.close();
  }
}

/** SQLite removes the -wal file when the last program closes; one that is left tells of a kill, or of company. */
function isWorthChecking(file: string): boolean {
  if (!existsSync(file)) return false;
  return existsSync(`${file}-wal`) || statSync(file).size < ALWAYS_CHECK_BELOW_BYTES;
}

function attachIndex(db: WritableDatabase, file: string): void {
  db.prepare('ATTACH DATABASE ? AS indexdb').run(file);
  // What can be computed again may lose its last commits in a power cut; it never loses its consistency.
  db.pragma('indexdb.synchronous = NORMAL');
}

function noticesOfOpening(found: { setAsideAs: string | null; indexRebuilt: boolean; hasVectors: boolean }): string[] {
  const notices: string[] = [];
  if (found.setAsideAs !== null) {
    notices.push(
      `The search index was damaged and is built again; conversations are untouched. The damaged file is kept as ${found.setAsideAs}.`,
    );
  } else if (found.indexRebuilt) {
    notices.push('The search index was missing and is built again; conversations are untouched.');
  }
  if (!found.hasVectors) {
    notices.push('Search by meaning is off: sqlite-vec has no binary for this machine. Search by words works.');
  }
  return notices;
}
