import type { StoredVector } from '../../ports/libraryApi.ts';
import type { WritableDatabase } from '../driver.ts';
import { inTransaction, prepared } from '../statements.ts';
import { rowOfSegment } from './segments.ts';
import { canUseVectors, createSpace, tableOfSpace, toUnitVector } from './vectors.ts';

/** Remembers (or replaces) a segment's vector, scaled to unit length; nothing where there is no search by meaning. */
export function setVector(
  db: WritableDatabase,
  space: string,
  dimensions: number,
  { segmentId, vector }: StoredVector,
): void {
  if (!canUseVectors(db)) return;
  const row = BigInt(rowOfSegment(db, segmentId));
  const unit = toUnitVector(vector, dimensions);
  inTransaction(db, () => {
    const table = tableOfSpace(db, space, dimensions) ?? createSpace(db, space, dimensions);
    prepared(db, `DELETE FROM ${table} WHERE segment_row = ?`).run(row);
    prepared(db, `INSERT INTO ${table} (segment_row, embedding) VALUES (?, ?)`).run(row, unit);
  });
}
