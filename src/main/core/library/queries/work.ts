/** How far the present batch of files is, by seconds of footage. */
import type { BatchPart } from '../../ports/libraryApi.ts';
import type { LibraryDatabase } from '../openLibrary.ts';
import { prepared } from '../statements.ts';

/** What a file costs besides its length, in seconds of footage: reading it, its thumbnails. */
const SECONDS_PER_FILE = 3;

/** Reads. A file whose length is not known yet counts as one of average length. */
export function readBatch(db: LibraryDatabase): BatchPart[] {
  return prepared<BatchPart>(
    db,
    `WITH files AS (
       SELECT jobs.state, jobs.progress, media.duration_sec AS seconds FROM jobs
       LEFT JOIN media ON media.id = jobs.media_id
       WHERE jobs.batch = (SELECT max(batch) FROM jobs) AND jobs.kind = 'index'
     ), average AS (SELECT coalesce(avg(seconds), 0) AS seconds FROM files)
     SELECT state, count(*) AS files,
       sum(coalesce(files.seconds, average.seconds) + @perFile) AS work,
       sum((coalesce(files.seconds, average.seconds) + @perFile) * progress) AS workDone
     FROM files, average GROUP BY state`,
  ).all({ perFile: SECONDS_PER_FILE });
}
