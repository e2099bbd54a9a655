/** How far the present batch of files is, by seconds of footage, and which files nobody is at work for. */
import { readingKinds } from '../../../contract/index.ts';
import type { BatchPart, ForgottenFile } from '../../ports/libraryApi.ts';
import type { ReadableDatabase } from '../driver.ts';
import { prepared } from '../statements.ts';

/** What a file costs besides its length, in seconds of footage: reading it, its thumbnails. */
const SECONDS_PER_FILE = 3;

/** Reads. A file whose length is not known yet counts as one of average length. */
export function getWork(db: ReadableDatabase): BatchPart[] {
  return prepared<BatchPart>(
    db,
    `WITH files AS (
       SELECT jobs.state, jobs.progress, media.duration_sec AS seconds FROM jobs
       LEFT JOIN media ON media.id = jobs.media_id
       WHERE jobs.batch = (SELECT max(batch) FROM jobs) AND jobs.kind IN (SELECT value FROM json_each(@kinds))
     ), average AS (SELECT coalesce(avg(seconds), 0) AS seconds FROM files)
     SELECT state, count(*) AS files,
       sum(coalesce(files.seconds, average.seconds) + @perFile) AS work,
       sum((coalesce(files.seconds, average.seconds) + @perFile) * progress) AS workDone
     FROM files, average GROUP BY state`,
  ).all({ perFile: SECONDS_PER_FILE, kinds: JSON.stringify(readingKinds) });
}

/** Reads. */
export function isWaiting(db: ReadableDatabase, mediaId: string): boolean {
  const open = prepared(
    db,
    `SELECT 1 FROM jobs WHERE media_id = ? AND state IN ('queued', 'running', 'paused')
       AND kind IN (SELECT value FROM json_each(?)) LIMIT 1`,
  ).get(mediaId, JSON.stringify(readingKinds));
  return open !== undefined;
}

/** Reads. See `LibraryApi.listForgottenFiles`. */
export function listForgottenFiles(db: ReadableDatabase): ForgottenFile[] {
  return prepared<Omit<ForgottenFile, 'isSample'> & { isSample: number }>(
    db,
    `SELECT id, path, file_name AS fileName, size_bytes AS sizeBytes, is_sample AS isSample FROM media
     WHERE state = 'queued' AND offline = 0 AND removed_at IS NULL AND id NOT IN (
       SELECT media_id FROM jobs
       WHERE kind IN (SELECT value FROM json_each(?)) AND state IN ('queued', 'running', 'paused') AND media_id IS NOT NULL)
     ORDER BY added_at, rowid`,
  )
    .all(JSON.stringify(readingKinds))
    .map((file) => ({ ...file, isSample: file.isSample === 1 }));
}
