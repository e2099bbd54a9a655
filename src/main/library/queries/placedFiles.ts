/** Files as their folders tell of them: named before anything is read, in their places or away. */
import { basename } from 'node:path';
import type { MediaState } from '../../../contract/index.ts';
import type { KnownFile, StoredJob } from '../../ports/libraryApi.ts';
import type { FilePlace, NamedFile, PlacedFile } from '../../ports/rootsApi.ts';
import type { ReadableDatabase, WritableDatabase } from '../driver.ts';
import { inTransaction, prepared } from '../statements.ts';
import { makeFindable, renewFileWords } from './fileWords.ts';
import { insertJob } from './jobs.ts';
import { type KnownRow, knownFileAt, toKnownFile } from './knownFiles.ts';
import { pathsIn } from './roots.ts';

/** Reads. See `RootsApi.listFilesAt`. */
export function listFilesAt(
  db: ReadableDatabase,
  path: string,
  { after, limit }: { after: string; limit: number },
): PlacedFile[] {
  return prepared<KnownRow>(
    db,
    `SELECT * FROM media WHERE (path = @path OR (path > @from AND path < @to)) AND path > @after
       AND (removed_at IS NULL OR unwanted = 1) ORDER BY path LIMIT @limit`,
  )
    .all({ path, ...pathsIn(path), after, limit })
    .map(toKnownFile);
}

/** Reads. See `RootsApi.placeFiles`. */
export function placeFiles(
  db: ReadableDatabase,
  files: readonly Pick<NamedFile, 'path' | 'sizeBytes' | 'modifiedMs'>[],
): FilePlace[] {
  return files.map(({ path, sizeBytes, modifiedMs }) => {
    const known = knownFileAt(db, path);
    return { known, sameSize: known === null ? knownFilesOfSize(db, sizeBytes, modifiedMs) : [] };
  });
}

/** Reads. */
function knownFilesOfSize(db: ReadableDatabase, sizeBytes: number, modifiedMs: number): KnownFile[] {
  const from = Math.trunc(modifiedMs);
  return prepared<KnownRow>(
    db,
    `SELECT * FROM media WHERE size_bytes = @sizeBytes AND modified_ms > @from - 2 AND modified_ms < @from + 2
     UNION SELECT * FROM media WHERE size_bytes = @sizeBytes AND unwanted = 1`,
  )
    .all({ sizeBytes, from })
    .map(toKnownFile);
}

/** Writes. See `RootsApi.nameFiles`. */
export function nameFiles(db: WritableDatabase, files: readonly NamedFile[], jobs: readonly StoredJob[]): string[] {
  return inTransaction(db, () => {
    const named = files.filter((file) => knownFileAt(db, file.path) === null);
    for (const file of named) nameFile(db, file);
    const ids = named.map(({ id }) => id);
    const isNamed = new Set(ids);
    for (const job of jobs) if (job.mediaId !== null && isNamed.has(job.mediaId)) insertJob(db, job);
    return ids;
  });
}

/** Its fingerprint is none until somebody reads it. */
function nameFile(db: WritableDatabase, { id, path, kind, sizeBytes, modifiedMs, isSample }: NamedFile): void {
  prepared(
    db,
    `INSERT INTO media (id, path, file_name, kind, fingerprint, duration_sec, width, height, fps, has_audio, size_bytes,
       modified_ms, is_sample, added_at, state)
     VALUES (@id, @path, @fileName, @kind, '', 0, 0, 0, 0, @hasAudio, @sizeBytes, @modifiedMs, @isSample, @addedAt, 'queued')`,
  ).run({
    ...{ id, path, kind, sizeBytes, modifiedMs, fileName: basename(path) },
    ...{ hasAudio: kind === 'image' ? 0 : 1, isSample: isSample ? 1 : 0, addedAt: new Date().toISOString() },
  });
  makeFindable(db, id);
}

/** Reads. See `RootsApi.listUnread`. */
export function listUnread(
  db: ReadableDatabase,
  limit: number,
  skip: readonly string[],
): { id: string; path: string; state: MediaState }[] {
  return prepared<{ id: string; path: string; state: MediaState }>(
    db,
    `SELECT id, path, state FROM media WHERE fingerprint = '' AND removed_at IS NULL AND offline = 0
       AND state IN ('queued', 'registered') AND id NOT IN (SELECT value FROM json_each(?))
     ORDER BY is_sample, size_bytes, rowid LIMIT ?`,
  ).all(JSON.stringify(skip), limit);
}

/** Writes. Its next move is known by where it is now. */
export function noteMoved(db: WritableDatabase, mediaId: string, path: string, modifiedMs: number): void {
  inTransaction(db, () => {
    prepared(db, 'UPDATE media SET path = ?, file_name = ?, modified_ms = ? WHERE id = ?').run(
      ...[path, basename(path), modifiedMs, mediaId],
    );
    renewFileWords(db, mediaId);
  });
}
