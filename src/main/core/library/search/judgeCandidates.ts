/** Turns fused rows into hits: looks at what each segment really holds, and drops what does not answer. */
import type { MatchReason, SearchHit } from '../../../../contract/index.ts';
import type { LibraryDatabase } from '../openLibrary.ts';
import { knowledgeOf } from '../queries/segments.ts';
import { prepared } from '../statements.ts';
import { type Explanation, explainMatch, type WordIndex } from './explainMatch.ts';

export interface Candidates {
  /** Fused rank score by segment row. */
  scores: Map<number, number>;
  /** Of the segments that were found by meaning. */
  cosines: Map<number, number>;
  words: WordIndex;
  /** How many words were asked for. */
  wordCount: number;
  space: string | undefined;
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

/** Reads. Hits in no order. A hit holds at least half of the words, or lies near the question in meaning. */
export function judgeCandidates(db: LibraryDatabase, candidates: Candidates): SearchHit[] {
  const rows = prepared<CandidateRow>(
    db,
    `SELECT segments.*, media.file_name FROM segments JOIN media ON media.id = segments.media_id
     WHERE segments.row IN (SELECT value FROM json_each(?)) AND media.removed_at IS NULL`,
  ).all(JSON.stringify([...candidates.scores.keys()]));
  return rows.flatMap((row) => judge(db, row, candidates) ?? []);
}

function judge(db: LibraryDatabase, row: CandidateRow, candidates: Candidates): SearchHit | null {
  const explanation = explainMatch(row.file_name, knowledgeOf(db, row.row), candidates.words);
  const cosine = candidates.cosines.get(row.row);
  const foundByWords = isAnswer(row, explanation, candidates.wordCount);
  if (!foundByWords && cosine === undefined) return null;
  const hasAll = foundByWords && explanation.found.size === candidates.wordCount;
  const reasons = foundByWords ? explanation.reasons : [];
  return {
    mediaId: row.media_id,
    segmentId: row.id,
    fileName: row.file_name,
    startSec: row.start_sec,
    endSec: row.end_sec,
    thumbnail: row.thumbnail_path === null ? null : `thumbnail/${row.id}`,
    score: (candidates.scores.get(row.row) ?? 0) + (hasAll ? ALL_WORDS : 0),
    reasons: cosine === undefined ? reasons : [...reasons, meaningReason(cosine, candidates.space)],
  };
}

/** A file that is found by its name alone is one hit, its beginning. */
function isAnswer(row: CandidateRow, { found, isInSegment }: Explanation, wordCount: number): boolean {
  const isEnough = found.size > 0 && found.size >= Math.ceil(wordCount / 2);
  return isEnough && (isInSegment || row.ordinal === 0);
}

function meaningReason(cosine: number, space = ''): MatchReason {
  return { kind: 'meaning', text: `close in meaning (cosine ${cosine.toFixed(2)})`, source: space };
}
