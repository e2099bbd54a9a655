/** Segments whose vector lies near the question's, in one vector space. */
import type { ReadableDatabase } from '../driver.ts';
import { tableOfSpace, toUnitVector } from '../queries/vectors.ts';
import { prepared } from '../statements.ts';
import type { Scope } from './findByWords.ts';

export interface MeaningQuery {
  space: string;
  vector: number[];
  /** Hits below are left out. */
  minCosine: number;
}

export interface NearSegment {
  row: number;
  /** -1 to 1. */
  cosine: number;
}

/** sqlite-vec refuses a larger k. */
const MOST_NEIGHBOURS = 4096;

/** Reads. The nearest first; null when the space holds nothing (another model made the index, or none did). */
export function findSegmentsByMeaning(db: ReadableDatabase, query: MeaningQuery, scope: Scope): NearSegment[] | null {
  const table = tableOfSpace(db, query.space, query.vector.length);
  if (table === null) return null;
  const near = { table, unit: toUnitVector(query.vector, query.vector.length), limit: scope.limit };
  const rows = scope.mediaId === null ? nearestOfAll(db, near) : nearestOfFile(db, scope.mediaId, near);
  return rows
    .map(({ row, distance }) => ({ row, cosine: 1 - distance ** 2 / 2 }))
    .filter(({ cosine }) => cosine >= query.minCosine);
}

interface Near {
  /** Of the vector space. */
  table: string;
  /** The question's vector. */
  unit: Buffer;
  limit: number;
}

interface Neighbour {
  row: number;
  /** L2, between unit vectors: 0 to 2. */
  distance: number;
}

function nearestOfAll(db: ReadableDatabase, { table, unit, limit }: Near): Neighbour[] {
  return prepared<Neighbour>(
    db,
    `SELECT segment_row AS row, distance FROM ${table} WHERE embedding MATCH ? AND k = ? ORDER BY distance`,
  ).all(unit, Math.min(limit, MOST_NEIGHBOURS));
}

/** A file has few segments: each vector is fetched by its row, without sqlite-vec's filters. */
function nearestOfFile(db: ReadableDatabase, mediaId: string, { table, unit, limit }: Near): Neighbour[] {
  return prepared<Neighbour>(
    db,
    `SELECT segments.row AS row, vec_distance_L2(vectors.embedding, ?) AS distance
     FROM segments CROSS JOIN ${table} AS vectors ON vectors.segment_row = segments.row
     WHERE segments.media_id = ? ORDER BY distance LIMIT ?`,
  ).all(unit, mediaId, limit);
}
