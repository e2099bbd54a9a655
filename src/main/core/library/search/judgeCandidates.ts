/** Turns fused rows into hits: looks at what each segment really holds, and drops what does not answer. */
import type { Knowledge, MatchReason, SearchHit } from '../../../../contract/index.ts';
import type { LibraryDatabase } from '../openLibrary.ts';
import { prepared } from '../statements.ts';
import { type Explanation, explainMatch, reasonsOf, type WordIndex } from './explainMatch.ts';
import { shareKeptTogether, type WordPair } from './keptTogether.ts';

export interface Candidates {
  /** Fused rank score by segment row. */
  scores: Map<number, number>;
  /** Of the segments that were found by meaning. */
  cosines: Map<number, number>;
  words: WordIndex;
  /** How many words were asked for. */
  wordCount: number;
  pairs: WordPair[];
}

/** Added to the score of a hit that holds every word; larger than any fused score, so that these come first. */
export const ALL_WORDS = 1;

interface CandidateRow {
  row: number;
  id: string;
  media_id: string;
  ordinal: number;
  start_sec: number;
  end_sec: number;
  thumbnail_path: string | null;
  file_name: string;
}

/** A hit whose reasons are written when it is known to be shown. */
export interface JudgedHit extends Omit<SearchHit, 'reasons'> {
  explanation: Explanation | null;
  cosine: number | null;
}

/** Reads. Hits in no order. A hit holds at least half of the words, or lies near the question in meaning. */
export function judgeCandidates(db: LibraryDatabase, candidates: Candidates): JudgedHit[] {
  const rows = JSON.stringify([...candidates.scores.keys()]);
  const knowledge = knowledgeOfAll(db, rows);
  return prepared<CandidateRow>(
    db,
    `SELECT segments.*, media.file_name FROM segments JOIN media ON media.id = segments.media_id
     WHERE segments.row IN (SELECT value FROM json_each(?)) AND media.removed_at IS NULL`,
  )
    .all(rows)
    .flatMap((row) => judge(row, knowledge.get(row.row) ?? [], candidates) ?? []);
}

/** The hit as a UI sees it. */
export function writeReasons(hit: JudgedHit, space = ''): SearchHit {
  const { explanation, cosine, ...shown } = hit;
  const reasons: MatchReason[] = explanation === null ? [] : reasonsOf(explanation);
  if (cosine !== null) {
    reasons.push({ kind: 'meaning', text: `close in meaning (cosine ${cosine.toFixed(2)})`, source: space });
  }
  return { ...shown, reasons };
}

function knowledgeOfAll(db: LibraryDatabase, rows: string): Map<number, Knowledge[]> {
  const all = prepared<Knowledge & { segmentRow: number }>(
    db,
    `SELECT segment_row AS segmentRow, kind, text, start_sec AS startSec, end_sec AS endSec, source, confidence
     FROM knowledge WHERE segment_row IN (SELECT value FROM json_each(?)) ORDER BY row`,
  ).all(rows);
  const bySegment = new Map<number, Knowledge[]>();
  for (const { segmentRow, ...item } of all) {
    const known = bySegment.get(segmentRow);
    if (known === undefined) bySegment.set(segmentRow, [item]);
    else known.push(item);
  }
  return bySegment;
}

function judge(row: CandidateRow, knowledge: Knowledge[], candidates: Candidates): JudgedHit | null {
  const explanation = explainMatch(row.file_name, knowledge, candidates.words);
  const cosine = candidates.cosines.get(row.row) ?? null;
  const foundByWords = isAnswer(row, explanation, candidates.wordCount);
  if (!foundByWords && cosine === null) return null;
  const closeness = 1 + (foundByWords ? shareKeptTogether(explanation.places, candidates.pairs) : 0);
  const hasAll = foundByWords && explanation.found.size === candidates.wordCount;
  return {
    mediaId: row.media_id,
    segmentId: row.id,
    fileName: row.file_name,
    startSec: row.start_sec,
    endSec: row.end_sec,
    thumbnail: row.thumbnail_path === null ? null : `thumbnail/${row.id}`,
    score: (candidates.scores.get(row.row) ?? 0) * closeness + (hasAll ? ALL_WORDS : 0),
    explanation: foundByWords ? explanation : null,
    cosine,
  };
}

/** A file that is found by its name alone is one hit, its beginning. */
function isAnswer(row: CandidateRow, { found, isInSegment }: Explanation, wordCount: number): boolean {
  const isEnough = found.size > 0 && found.size >= Math.ceil(wordCount / 2);
  return isEnough && (isInSegment || row.ordinal === 0);
}
