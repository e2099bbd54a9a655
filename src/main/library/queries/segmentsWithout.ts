/** Segments that a model has not added anything to yet: without its caption, or without a vector in its space. */
import type { FootageAmount, SegmentPage, SegmentsQuery, SegmentToRead } from '../../ports/libraryApi.ts';
import type { ReadableDatabase } from '../driver.ts';
import { prepared } from '../statements.ts';
import { canUseVectors, tableOfSpace } from './vectors.ts';

const ofReadyFiles = `FROM segments JOIN media ON media.id = segments.media_id
  WHERE media.state = 'ready' AND media.offline = 0 AND media.removed_at IS NULL`;

/** Reads. In the order of their coming. */
export function listSegmentsWithout(
  db: ReadableDatabase,
  query: SegmentsQuery,
  { afterRow, limit }: SegmentPage,
): SegmentToRead[] {
  const { sql, values } = lacking(db, query);
  return prepared<SegmentToRead>(
    db,
    `SELECT segments.row AS row, segments.id AS segmentId, media_id AS mediaId, start_sec AS startSec, end_sec AS endSec
     ${ofReadyFiles} AND ${sql} AND segments.row > ? ORDER BY segments.row LIMIT ?`,
  ).all(...values, afterRow, limit);
}

/** Reads. How much footage that is; all that is indexed for `null`. */
export function measureSegments(db: ReadableDatabase, query: SegmentsQuery | null): FootageAmount {
  const { sql, values } = query === null ? { sql: 'TRUE', values: [] } : lacking(db, query);
  const found = prepared<FootageAmount>(
    db,
    `SELECT count(DISTINCT media_id) AS files, count(*) AS segments, coalesce(sum(end_sec - start_sec), 0) AS footageSec
     ${ofReadyFiles} AND ${sql}`,
  ).get(...values);
  return found ?? { files: 0, segments: 0, footageSec: 0 };
}

interface Condition {
  sql: string;
  values: (string | number)[];
}

function lacking(db: ReadableDatabase, query: SegmentsQuery): Condition {
  if (query.adds === 'captions')
    return {
      sql: `${query.hears ? 'TRUE' : "media.kind <> 'audio'"} AND segments.row NOT IN
        (SELECT segment_row FROM knowledge WHERE kind = 'caption' AND source_version = ?)`,
      values: [query.version],
    };
  if (!canUseVectors(db)) return { sql: 'FALSE', values: [] };
  const table = tableOfSpace(db, query.space, query.dimensions);
  const isThere = table === null ? '' : ` AND segments.row NOT IN (SELECT segment_row FROM ${table})`;
  return { sql: `media.kind <> 'audio'${isThere}`, values: [] };
}
