/** What the texts of the index mean: a sqlite-vec table with a row for each piece of knowledge that was encoded. */
import type { ReadableDatabase, WritableDatabase } from '../driver.ts';
import { prepared } from '../statements.ts';
import { canUseVectors, toUnitVector } from './vectors.ts';

/** Of the encoder of texts; another one means another table. */
const DIMENSIONS = 512;
/** sqlite-vec refuses a larger k. */
const MOST_NEIGHBOURS = 4096;

export interface LikeText {
  /** Of the table `knowledge`. */
  row: number;
  /** -1 to 1. */
  cosine: number;
}

/** Reads. */
export function hasMeanings(db: ReadableDatabase): boolean {
  return isUsable(db) && prepared(db, 'SELECT 1 FROM text_meanings LIMIT 1').get() !== undefined;
}

/** Writes. Nothing where there is no search by meaning. */
export function rememberMeaning(db: WritableDatabase, knowledgeRow: number | bigint, meaning: number[]): void {
  if (!canUseVectors(db)) return;
  // L2 over unit vectors orders as the cosine does, and is the only distance with a fast path in sqlite-vec.
  db.exec(
    `CREATE VIRTUAL TABLE IF NOT EXISTS indexdb.text_meanings USING vec0 (
       knowledge_row INTEGER PRIMARY KEY, embedding float[${DIMENSIONS}] distance_metric=L2
     )`,
  );
  const unit = toUnitVector(meaning, DIMENSIONS);
  prepared(db, 'INSERT INTO text_meanings (knowledge_row, embedding) VALUES (?, ?)').run(BigInt(knowledgeRow), unit);
}

/** Writes. To be called before the knowledge of a segment goes, since its rows may get new owners. */
export function forgetMeanings(db: WritableDatabase, segmentRow: number): void {
  if (!isUsable(db)) return;
  const rows = prepared<{ row: number }>(db, 'SELECT row FROM knowledge WHERE segment_row = ?').all(segmentRow);
  const forget = prepared(db, 'DELETE FROM text_meanings WHERE knowledge_row = ?');
  for (const { row } of rows) forget.run(BigInt(row));
}

/** Reads. The texts that are most like it, the nearest first. @param mediaId null for the whole library */
export function textsLike(db: ReadableDatabase, meaning: number[], mediaId: string | null, limit: number): LikeText[] {
  const unit = toUnitVector(meaning, DIMENSIONS);
  const rows =
    mediaId === null
      ? prepared<{ row: number; distance: number }>(
          db,
          `SELECT knowledge_row AS row, distance FROM text_meanings WHERE embedding MATCH ? AND k = ? ORDER BY distance`,
        ).all(unit, Math.min(limit, MOST_NEIGHBOURS))
      : prepared<{ row: number; distance: number }>(
          db,
          `SELECT knowledge.row AS row, vec_distance_L2(texts.embedding, ?) AS distance
           FROM segments CROSS JOIN knowledge ON knowledge.segment_row = segments.row
           CROSS JOIN text_meanings AS texts ON texts.knowledge_row = knowledge.row
           WHERE segments.media_id = ? ORDER BY distance LIMIT ?`,
        ).all(unit, mediaId, limit);
  return rows.map(({ row, distance }) => ({ row, cosine: 1 - distance ** 2 / 2 }));
}

/** Reads. How many texts can be found by what they mean. */
export function countMeanings(db: ReadableDatabase): number {
  return prepared<{ count: number }>(db, 'SELECT count(*) AS count FROM text_meanings').get()?.count ?? 0;
}

function isUsable(db: ReadableDatabase): boolean {
  return (
    canUseVectors(db) &&
    prepared(db, "SELECT 1 FROM indexdb.sqlite_master WHERE name = 'text_meanings'").get() !== undefined
  );
}
