/** Segments and files that hold the words of a question, best first. */
import { columnNamed, wordColumnNames } from '../../../contract/index.ts';
import type { ReadableDatabase } from '../driver.ts';
import { prepared } from '../statements.ts';
import type { Alternative, ExpandedWord } from './expandWord.ts';
import { allOf, anyOf, gluedColumns } from './matchExpression.ts';

/** Where to look, and how many rows to bring. */
export interface Scope {
  mediaId: string | null;
  limit: number;
}

/** A folder's name is a word of all the files in it; which of them have the other words is asked afterwards. */
const MOST_NAMED_FILES = 20_000;

/** Each group costs a query; the fullest ones come first. */
const MOST_NAME_GROUPS = 16;

const BM25 = `bm25(segment_words, ${wordColumnNames.map((name) => columnNamed(name).weight.toFixed(1)).join(', ')})`;

/** Reads. Row numbers of the segments that hold a word of every group, by BM25. */
export function findSegmentsWithAll(db: ReadableDatabase, groups: Alternative[][], scope: Scope): number[] {
  return groups.length === 0 ? [] : matchSegments(db, allOf(groups, gluedColumns), scope);
}

/** Reads. Row numbers of the segments that hold a word of any group, by BM25. */
export function findSegmentsWithSome(db: ReadableDatabase, groups: Alternative[][], scope: Scope): number[] {
  return groups.length === 0 ? [] : matchSegments(db, anyOf(groups, gluedColumns), scope);
}

/** Reads. True when any of the alternatives stands in a segment or a file name of the scope. */
export function isAnywhere(db: ReadableDatabase, alternatives: Alternative[], scope: Scope): boolean {
  const one = { ...scope, limit: 1 };
  return (
    matchSegments(db, anyOf([alternatives], gluedColumns), one, 'unordered').length > 0 ||
    matchNames(db, alternatives, one).length > 0
  );
}

/**
 * Reads. Row numbers of segments of files whose own words (name, folders, tags) are among those of the question: where
 * they are all of them, the first segment stands for the file; else the segments that have the others come first.
 */
export function findSegmentsByName(db: ReadableDatabase, words: ExpandedWord[], scope: Scope): number[] {
  const named = groupByNamedWords(db, words, scope);
  const found: number[] = [];
  for (const { mediaIds, missing } of named) {
    if (missing.length > 0) {
      const rest = missing.map((word) => word.inAnyWay);
      found.push(...matchSegmentsOf(db, allOf(rest, gluedColumns), mediaIds, scope.limit));
    }
    found.push(...firstSegments(db, mediaIds.slice(0, scope.limit)));
  }
  return [...new Set(found)].slice(0, scope.limit);
}

interface NamedGroup {
  mediaIds: string[];
  /** The words that these names do not have. */
  missing: ExpandedWord[];
}

/** Files by the set of words that their names hold, the fullest sets first. */
function groupByNamedWords(db: ReadableDatabase, words: ExpandedWord[], scope: Scope): NamedGroup[] {
  const wordsOfFile = new Map<string, Set<ExpandedWord>>();
  for (const word of words) {
    for (const mediaId of matchNames(db, word.inAnyWay, { ...scope, limit: MOST_NAMED_FILES })) {
      const known = wordsOfFile.get(mediaId) ?? new Set();
      wordsOfFile.set(mediaId, known.add(word));
    }
  }
  const groups = new Map<string, NamedGroup>();
  for (const [mediaId, named] of wordsOfFile) {
    const missing = words.filter((word) => !named.has(word));
    const key = missing.map((word) => word.asked).join('|');
    const group = groups.get(key) ?? { mediaIds: [], missing };
    group.mediaIds.push(mediaId);
    groups.set(key, group);
  }
  return [...groups.values()].sort((a, b) => a.missing.length - b.missing.length).slice(0, MOST_NAME_GROUPS);
}

function matchSegments(db: ReadableDatabase, expression: string, scope: Scope, order: 'best' | 'unordered' = 'best') {
  const orderBy = order === 'best' ? `ORDER BY ${BM25}` : '';
  const [sql, parameters] =
    scope.mediaId === null
      ? [
          `SELECT rowid AS row FROM segment_words WHERE segment_words MATCH ? ${orderBy} LIMIT ?`,
          [expression, scope.limit],
        ]
      : [
          `SELECT segment_words.rowid AS row FROM segment_words JOIN segments ON segments.row = segment_words.rowid
           WHERE segment_words MATCH ? AND segments.media_id = ? ${orderBy} LIMIT ?`,
          [expression, scope.mediaId, scope.limit],
        ];
  return rowsOf(db, sql, parameters);
}

function matchSegmentsOf(db: ReadableDatabase, expression: string, mediaIds: string[], limit: number): number[] {
  return rowsOf(
    db,
    `SELECT segment_words.rowid AS row FROM segment_words JOIN segments ON segments.row = segment_words.rowid
     WHERE segment_words MATCH ? AND segments.media_id IN (SELECT value FROM json_each(?)) ORDER BY ${BM25} LIMIT ?`,
    [expression, JSON.stringify(mediaIds), limit],
  );
}

function matchNames(db: ReadableDatabase, alternatives: Alternative[], scope: Scope): string[] {
  return prepared<{ media_id: string }>(
    db,
    `SELECT names.media_id FROM name_words JOIN names ON names.row = name_words.rowid
     WHERE name_words MATCH @expression AND (@mediaId IS NULL OR names.media_id = @mediaId)
     ORDER BY bm25(name_words) LIMIT @limit`,
  )
    .all({ expression: anyOf([alternatives], null), mediaId: scope.mediaId, limit: scope.limit })
    .map((row) => row.media_id);
}

function firstSegments(db: ReadableDatabase, mediaIds: string[]): number[] {
  const first = prepared<{ row: number }>(db, 'SELECT row FROM segments WHERE media_id = ? ORDER BY ordinal LIMIT 1');
  return mediaIds.flatMap((mediaId) => first.get(mediaId)?.row ?? []);
}

function rowsOf(db: ReadableDatabase, sql: string, parameters: unknown[]): number[] {
  return prepared<{ row: number }>(db, sql)
    .all(...parameters)
    .map(({ row }) => row);
}
