/** The only file that knows better-sqlite3 and sqlite-vec. */
import { sep } from 'node:path';
import Database from 'better-sqlite3';
import { getLoadablePath } from 'sqlite-vec';
import { log } from '../log/log.ts';

/** What a query that only reads is given: there is no way to write in it. */
export interface ReadableDatabase {
  prepare(sql: string): {
    get(...parameters: unknown[]): unknown;
    all(...parameters: unknown[]): unknown[];
  };
}

export type WritableDatabase = Database.Database;

/** A file that is looked at and never changed. */
export type ReadableFile = ReadableDatabase & Pick<Database.Database, 'pragma' | 'close'>;

/** @param timeout milliseconds to wait for another program */
export function openFile(file: string, timeout: number): { db: WritableDatabase; hasVectors: boolean } {
  const db = new Database(file, { timeout });
  try {
    const hasVectors = loadVectorExtension(db);
    db.pragma('journal_mode = WAL');
    db.pragma('foreign_keys = ON');
    return { db, hasVectors };
  } catch (error) {
    db.close();
    throw error;
  }
}

/** @throws when it is not there */
export function openForReading(file: string): ReadableFile {
  return new Database(file, { readonly: true, fileMustExist: true });
}

function loadVectorExtension(db: WritableDatabase): boolean {
  try {
    db.loadExtension(unpackedPath(getLoadablePath()));
    return true;
  } catch (thrown) {
    log.error('sqlite-vec could not be loaded: nothing is found by meaning', {}, thrown);
    return false;
  }
}

/** A packaged app keeps native files beside its archive: the system's loader cannot look into `app.asar`. */
export function unpackedPath(path: string): string {
  return path.replace(`app.asar${sep}`, `app.asar.unpacked${sep}`);
}

/**
 * Holds a file for this program alone, as long as it lives or until the function that is given back is called. Null
 * while another one holds it. Nothing is ever written to the file, and nobody else may open it: in POSIX, whoever
 * closes a file gives up every lock that its process has on it.
 */
export function holdExclusively(file: string): (() => void) | null {
  const db = new Database(file, { timeout: 0 });
  try {
    db.exec('BEGIN EXCLUSIVE');
    return () => db.close();
  } catch (error) {
    db.close();
    if (error instanceof Database.SqliteError && error.code === 'SQLITE_BUSY') return null;
    throw error;
  }
}
