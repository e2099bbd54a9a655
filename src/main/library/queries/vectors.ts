/** Vectors by space. Spaces never meet: each name and size has a sqlite-vec table of its own. */
import { PlayheadError } from '../../../contract/index.ts';
import type { SegmentVector } from '../../ports/libraryApi.ts';
import type { ReadableDatabase, WritableDatabase } from '../driver.ts';
import { prepared } from '../statements.ts';

/** Reads. The table of a space, or null when nothing was ever put there. The name is ours, never the caller's. */
export function tableOfSpace(db: ReadableDatabase, name: string, dimensions: number): string | null {
  const space = prepared<{ row: number }>(db, 'SELECT row FROM vector_spaces WHERE name = ? AND dimensions = ?').get(
    name,
    dimensions,
  );
  return space === undefined ? null : tableName(space.row);
}

/** Reads. Every vector of a file's segments, of unit length, with the space it belongs to. */
export function getVectors(db: ReadableDatabase, mediaId: string): SegmentVector[] {
  if (!canUseVectors(db)) return [];
  const spaces = prepared<{ row: number; name: string }>(db, 'SELECT row, name FROM vector_spaces').all();
  return spaces.flatMap(({ row, name }) =>
    prepared<{ segmentId: string; embedding: Buffer }>(
      db,
      `SELECT segments.id AS segmentId, embedding FROM segments JOIN ${tableName(row)} ON segment_row = segments.row
       WHERE media_id = ? ORDER BY ordinal`,
    )
      .all(mediaId)
      .map(({ segmentId, embedding }) => ({ segmentId, space: name, vector: floatsOf(embedding) })),
  );
}

function floatsOf(bytes: Buffer): number[] {
  return [...new Float32Array(Uint8Array.from(bytes).buffer)];
}

/** Writes. Takes the vectors of these segments out of every space. */
export function forgetVectors(db: WritableDatabase, segmentRows: number[]): void {
  const spaces = prepared<{ row: number }>(db, 'SELECT row FROM vector_spaces').all();
  if (spaces.length === 0 || !canUseVectors(db)) return;
  for (const space of spaces) {
    const forget = prepared(db, `DELETE FROM ${tableName(space.row)} WHERE segment_row = ?`);
    for (const row of segmentRows) forget.run(BigInt(row));
  }
}

/**
 * The bytes of a vector of length 1, as sqlite-vec reads them (float32 in the machine's order).
 * @throws PlayheadError `invalid-input` when the size is wrong, a value is not finite, or all are zero.
 */
export function toUnitVector(vector: number[], dimensions: number): Buffer {
  const length = Math.hypot(...vector);
  if (vector.length !== dimensions || !Number.isFinite(length) || length === 0) {
    throw new PlayheadError({
      code: 'invalid-input',
      message: `A vector of ${dimensions} finite values, not all zero, was expected; this one has ${vector.length} values and the length ${length}.`,
    });
  }
  const unit = Float32Array.from(vector, (value) => value / length);
  return Buffer.from(unit.buffer);
}

/** False where sqlite-vec has no binary for this machine. */
export function canUseVectors(db: ReadableDatabase): boolean {
  return prepared(db, "SELECT 1 FROM pragma_module_list WHERE name = 'vec0'").get() !== undefined;
}

/** A table for a space that nothing was put into yet. */
export function createSpace(db: WritableDatabase, name: string, dimensions: number): string {
  const { lastInsertRowid } = prepared(db, 'INSERT INTO vector_spaces (name, dimensions) VALUES (?, ?)').run(
    name,
    dimensions,
  );
  const table = tableName(Number(lastInsertRowid));
  // L2 over unit vectors orders as the cosine does, and is the only distance with a fast path in sqlite-vec.
  db.exec(
    `CREATE VIRTUAL TABLE indexdb.${table} USING vec0 (
       segment_row INTEGER PRIMARY KEY, embedding float[${Math.trunc(dimensions)}] distance_metric=L2
     )`,
  );
  return table;
}

function tableName(spaceRow: number): string {
  return `vectors_${Math.trunc(spaceRow)}`;
}
