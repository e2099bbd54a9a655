/** The index of a file: its segments, what is known about them, and the words by which they are found. */
import { randomUUID } from 'node:crypto';
import {
  type IndexedSegment,
  isKnowledgeKind,
  type Knowledge,
  knowledgeKinds,
  wordColumnNames,
} from '../../../contract/index.ts';
import type { NewKnowledge, NewSegment } from '../../ports/libraryApi.ts';
import type { ReadableDatabase, WritableDatabase } from '../driver.ts';
import { notFound } from '../libraryErrors.ts';
import { addToVocabulary } from '../search/vocabulary.ts';
import { tokeniseText } from '../search/words.ts';
import { inTransaction, prepared } from '../statements.ts';
import { forgetFileWords, rememberFileWords } from './fileWords.ts';
import { type KnowledgeRow, knowledgeChecksum, toKnowledge } from './knowledgeRows.ts';
import { queueDamaged } from './mediaStates.ts';
import { forgetMeanings, rememberMeaning } from './textMeanings.ts';
import { forgetVectors } from './vectors.ts';

/** Writes. Replaces the whole index of a file; gives the ids of the new segments, in their order. */
export function replaceSegments(db: WritableDatabase, mediaId: string, segments: NewSegment[]): string[] {
  return inTransaction(db, () => {
    const media = prepared(db, 'SELECT 1 FROM media WHERE id = ? AND removed_at IS NULL').get(mediaId);
    if (media === undefined) throw notFound('file', mediaId);
    forgetIndex(db, mediaId);
    rememberFileWords(db, mediaId);
    return segments.map((segment, ordinal) => insertSegment(db, mediaId, ordinal, segment));
  });
}

function insertSegment(db: WritableDatabase, mediaId: string, ordinal: number, segment: NewSegment): string {
  const id = randomUUID();
  prepared(
    db,
    `INSERT INTO segments (id, media_id, ordinal, start_sec, end_sec, thumbnail_path) VALUES (?, ?, ?, ?, ?, ?)`,
  ).run(id, mediaId, ordinal, segment.startSec, segment.endSec, segment.thumbnailPath);
  return id;
}

/** Writes. Takes everything that is known about a file's content out of the index. */
export function forgetIndex(db: WritableDatabase, mediaId: string): void {
  const rows = prepared<{ row: number }>(db, 'SELECT row FROM segments WHERE media_id = ?').all(mediaId);
  const segmentRows = rows.map(({ row }) => row);
  forgetVectors(db, segmentRows);
  const forgetWords = prepared(db, 'DELETE FROM segment_words WHERE rowid = ?');
  for (const row of segmentRows) {
    forgetWords.run(row);
    forgetMeanings(db, row);
  }
  prepared(db, 'DELETE FROM segments WHERE media_id = ?').run(mediaId);
  forgetFileWords(db, mediaId);
}

/** Writes. The file of a segment that holds what was never written has no index any more, and waits for a new one. */
export function forgetDamagedFile(db: WritableDatabase, segmentRow: number): void {
  inTransaction(db, () => {
    forgetKnowledge(db, segmentRow);
    const segment = prepared<{ media_id: string }>(db, 'SELECT media_id FROM segments WHERE row = ?').get(segmentRow);
    if (segment === undefined) return;
    forgetIndex(db, segment.media_id);
    queueDamaged(db, segment.media_id);
  });
}

/** Writes. Replaces everything that is known about one segment. @throws PlayheadError `not-found`. */
export function replaceKnowledge(db: WritableDatabase, segmentId: string, knowledge: NewKnowledge[]): void {
  inTransaction(db, () => {
    const segmentRow = rowOfSegment(db, segmentId);
    forgetKnowledge(db, segmentRow);
    const insert = prepared(
      db,
      `INSERT INTO knowledge (segment_row, kind, text, start_sec, end_sec, source, source_version, confidence, checksum)
       VALUES (@segmentRow, @kind, @text, @startSec, @endSec, @source, @version, @confidence, @checksum)`,
    );
    for (const { meaning, ...item } of knowledge) {
      const version = item.sourceVersion ?? null;
      const checksum = knowledgeChecksum({ ...item, version });
      const { lastInsertRowid } = insert.run({ ...item, segmentRow, version, checksum });
      if (meaning) rememberMeaning(db, lastInsertRowid, meaning);
    }
    rememberWords(db, segmentRow);
  });
}

function forgetKnowledge(db: WritableDatabase, segmentRow: number): void {
  forgetMeanings(db, segmentRow);
  prepared(db, 'DELETE FROM knowledge WHERE segment_row = ?').run(segmentRow);
}

/** Reads. @throws PlayheadError `not-found`. */
export function rowOfSegment(db: ReadableDatabase, segmentId: string): number {
  const found = prepared<{ row: number }>(db, 'SELECT row FROM segments WHERE id = ?').get(segmentId);
  if (found === undefined) throw notFound('segment', segmentId);
  return found.row;
}

function rememberWords(db: WritableDatabase, segmentRow: number): void {
  const terms = new Map(wordColumnNames.map((name) => [name, [] as string[]]));
  for (const { kind, text } of knowledgeOf(db, segmentRow)) {
    terms.get(knowledgeKinds[kind].words)?.push(...tokeniseText(text).map(({ term }) => term));
  }
  prepared(db, 'DELETE FROM segment_words WHERE rowid = ?').run(segmentRow);
  prepared(
    db,
    `INSERT INTO segment_words (rowid, ${wordColumnNames.join(', ')}) VALUES (?, ${wordColumnNames.map(() => '?').join(', ')})`,
  ).run(segmentRow, ...[...terms.values()].map((words) => words.join(' ')));
  addToVocabulary(db, [...terms.values()].flat());
}

interface SegmentRow {
  row: number;
  id: string;
  media_id: string;
  ordinal: number;
  start_sec: number;
  end_sec: number;
  thumbnail_path: string | null;
}

/** Reads. The segments of a file in their order, each with everything that is known about it. @throws DamagedKnowledge */
export function listSegments(db: ReadableDatabase, mediaId: string): IndexedSegment[] {
  const rows = prepared<SegmentRow>(
    db,
    'SELECT * FROM segments WHERE media_id = ? AND ordinal >= 0 ORDER BY ordinal',
  ).all(mediaId);
  const known = knowledgeOfAll(
    db,
    rows.map(({ row }) => row),
  );
  return rows.map((row) => ({
    id: row.id,
    mediaId: row.media_id,
    ordinal: row.ordinal,
    startSec: row.start_sec,
    endSec: row.end_sec,
    thumbnail: row.thumbnail_path === null ? null : `thumbnail/${row.id}`,
    knowledge: known.get(row.row) ?? [],
  }));
}

/** Reads. What is known about one segment, in the order of its coming. @throws DamagedKnowledge */
export function knowledgeOf(db: ReadableDatabase, segmentRow: number): Knowledge[] {
  return knowledgeOfAll(db, [segmentRow]).get(segmentRow) ?? [];
}

/**
 * Reads. What is known about each of these segments, by its row; what is of a kind that nobody knows is left out.
 * @throws DamagedKnowledge
 */
export function knowledgeOfAll(db: ReadableDatabase, segmentRows: readonly number[]): Map<number, Knowledge[]> {
  const rows = prepared<KnowledgeRow & { segmentRow: number }>(
    db,
    `SELECT segment_row AS segmentRow, kind, text, start_sec AS startSec, end_sec AS endSec, source,
       source_version AS version, confidence, checksum
     FROM knowledge WHERE segment_row IN (SELECT value FROM json_each(?)) ORDER BY row`,
  ).all(JSON.stringify(segmentRows));
  const bySegment = new Map<number, Knowledge[]>();
  for (const { segmentRow, ...row } of rows) {
    const piece = toKnowledge(row, segmentRow);
    if (!isKnowledgeKind(piece.kind)) continue;
    const known = bySegment.get(segmentRow) ?? [];
    known.push(piece);
    bySegment.set(segmentRow, known);
  }
  return bySegment;
}

/** Reads. The absolute path of a segment's picture, or null. */
export function thumbnailFile(db: ReadableDatabase, segmentId: string): string | null {
  const found = prepared<{ path: string | null }>(db, 'SELECT thumbnail_path AS path FROM segments WHERE id = ?').get(
    segmentId,
  );
  return found?.path ?? null;
}

/** Reads. */
export function counts(db: ReadableDatabase): { media: number; segments: number } {
  const count = (sql: string) => prepared<{ count: number }>(db, sql).get()?.count ?? 0;
  return {
    media: count('SELECT count(*) AS count FROM media WHERE removed_at IS NULL'),
    segments: count('SELECT count(*) AS count FROM segments WHERE ordinal >= 0'),
  };
}
