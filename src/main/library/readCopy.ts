/** Reads a copy of the library through, without changing it. */

import { log } from '../log/log.ts';
import { openForReading, type ReadableDatabase, type ReadableFile } from './driver.ts';
import { versionOf } from './migrate.ts';
import { wordBalance } from './wordBalance.ts';

export interface CopyContents {
  /** Format; see `migrate.ts`. */
  version: number;
  files: number;
  conversations: number;
  /** Characters; see `wordBalance.ts`. */
  words: number;
}

/** What a copy holds, or null when it is damaged, empty or no library at all. */
export function readCopy(file: string): CopyContents | null {
  let db: ReadableFile | null = null;
  try {
    db = openForReading(file);
    if (db.pragma('integrity_check(1)', { simple: true }) !== 'ok') return null;
    const version = versionOf(db);
    return version === 0 ? null : { version, ...countContents(db) };
  } catch (thrown) {
    log.warn('a copy of the library cannot be read', { file }, thrown);
    return null;
  } finally {
    db?.close();
  }
}

/** Older formats have fewer tables. */
function countContents(db: ReadableDatabase): Omit<CopyContents, 'version'> {
  const count = (table: string) => (hasTable(db, table) ? countRows(db, table) : 0);
  const holdsWords = hasTable(db, 'settings') && hasTable(db, 'messages');
  return { files: count('media'), conversations: count('conversations'), words: holdsWords ? wordBalance(db) : 0 };
}

function hasTable(db: ReadableDatabase, table: string): boolean {
  return db.prepare('SELECT 1 FROM sqlite_schema WHERE name = ?').get(table) !== undefined;
}

function countRows(db: ReadableDatabase, table: string): number {
  return (db.prepare(`SELECT count(*) AS rows FROM ${table}`).get() as { rows: number }).rows;
}
