/** What is remembered of the files themselves, to recognise them again. */
import type { MediaState } from '../../../contract/index.ts';
import type { KnownFile } from '../../ports/libraryApi.ts';
import type { ReadableDatabase, WritableDatabase } from '../driver.ts';
import { prepared } from '../statements.ts';

export interface KnownRow {
  id: string;
  path: string;
  state: MediaState;
  size_bytes: number;
  modified_ms: number;
  fingerprint: string;
  content_hash: string | null;
  offline: number;
  removed_at: string | null;
  unwanted: number;
}

/** Reads. A file that was removed from the library is at no path. */
export function knownFileAt(db: ReadableDatabase, path: string): KnownFile | null {
  const row = prepared<KnownRow>(db, 'SELECT * FROM media WHERE path = ? AND removed_at IS NULL').get(path);
  return row === undefined ? null : toKnownFile(row);
}

/** Reads. Removed ones, too; the oldest first. */
export function knownFilesLike(db: ReadableDatabase, fingerprint: string): KnownFile[] {
  const rows = prepared<KnownRow>(db, 'SELECT * FROM media WHERE fingerprint = ? ORDER BY added_at, rowid');
  return rows.all(fingerprint).map(toKnownFile);
}

/** Writes. */
export function setContentHash(db: WritableDatabase, mediaId: string, contentHash: string): void {
  prepared(db, 'UPDATE media SET content_hash = ? WHERE id = ?').run(contentHash, mediaId);
}

export function toKnownFile(row: KnownRow): KnownFile {
  const { id, path, state, fingerprint } = row;
  return {
    ...{ id, path, state, fingerprint },
    sizeBytes: row.size_bytes,
    modifiedMs: row.modified_ms,
    contentHash: row.content_hash,
    isOffline: row.offline === 1,
    isRemoved: row.removed_at !== null,
    isUnwanted: row.unwanted === 1,
  };
}
