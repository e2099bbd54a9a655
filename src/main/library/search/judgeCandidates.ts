/** Turns fused rows into hits: looks at what each segment really holds, and what its file says of itself. */
import type { MatchReason, SearchHit } from '../../../contract/index.ts';
import type { ReadableDatabase } from '../driver.ts';
import { piecesOf } from '../queries/fileWords.ts';
import { knowledgeOfAll } from '../queries/segments.ts';
import { prepared } from '../statements.ts';
import { shareOfAdjacentPairs, type WordPair } from './adjacentWords.ts';
import type { FileDescription } from './describeFile.ts';
import type { ExpandedWord } from './expandWord.ts';
import { type Explanation, explainMatch, indexWords, momentOf, reasonsOf, within } from './explainMatch.ts';
import type { NearText } from './findTexts.ts';

export interface Candidates {
  /** Fused rank score by segment row. */
  scores: Map<number, number>;
  /** Of the segments that were found by meaning. */
  cosines: Map<number, number>;
  /** Of the segments with a text that means nearly the same. */
  nearTexts: Map<number, NearText>;
  words: ExpandedWord[];
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
export interface JudgedHit extends Omit<SearchHit, 'reasons' | 'atSec'> {
  explanation: Explanation;
  /** Every word stands in what is known of the segment or its file. */
  hasAllWords: boolean;
  /** Of a segment that was found by meaning, too. */
  cosine: number | null;
  /** Its text that means nearly what was asked for. */
  nearText: NearText | null;
}

/** Reads. What was found, in no order: whatever holds a word of the question, or lies near it in meaning. */
export function judgeCandidates(db: ReadableDatabase, candidates: Candidates): JudgedHit[] {
  const rows = [...candidates.scores.keys()];
  const knowledge = knowledgeOfAll(db, rows);
  const index = indexWords(candidates.words);
  const files = new Map<string, FileDescription[]>();
  const fileOf = (mediaId: string) => {
    const known = files.get(mediaId) ?? piecesOf(db, mediaId);
    files.set(mediaId, known);
    return known;
  };
  return prepared<CandidateRow>(
    db,
    `SELECT segments.*, media.file_name FROM segments JOIN media ON media.id = segments.media_id
     WHERE segments.row IN (SELECT value FROM json_each(?)) AND media.removed_at IS NULL`,
  )
    .all(JSON.stringify(rows))
    .map((row) => {
      const explanation = explainMatch(fileOf(row.media_id), knowledge.get(row.row) ?? [], index);
      return judge(row, explanation, candidates);
    })
    .filter((hit) => hit.explanation.found.size > 0 || isNear(hit));
}

/** It lies near the question in meaning: by how it looks, or by one of its texts. */
export function isNear({ cosine, nearText }: JudgedHit): boolean {
  return cosine !== null || nearText !== null;
}

/** The hit as a UI sees it. */
export function writeReasons(hit: JudgedHit, space = ''): SearchHit {
  const { explanation, cosine, nearText, hasAllWords: _, ...shown } = hit;
  const reasons: MatchReason[] = reasonsOf(explanation, hit);
  if (cosine !== null)
    reasons.push({ kind: 'meaning', text: 'looks like what was asked for', source: nameOf(space), atSec: null });
  if (nearText === null) return { ...shown, atSec: momentOf(explanation, hit), reasons };
  const { text, source, startSec } = nearText;
  const saidAtSec = within(hit, startSec);
  // Where its words are a reason already, they say it better.
  const isShown = explanation.places.some((place) => place.text === text && place.source === source);
  if (!isShown) reasons.push({ kind: 'meaning', text: `similar meaning: “${text}”`, source, atSec: saidAtSec });
  return { ...shown, atSec: explanation.isInSegment ? momentOf(explanation, hit) : saidAtSec, reasons };
}

/** "sample-dual@3f2a…": the part behind the @ tells weights apart, not to people. */
function nameOf(space: string): string {
  return space.split('@')[0] as string;
}

function judge(
  row: CandidateRow,
  found: Explanation,
  { scores, cosines, nearTexts, words, pairs }: Candidates,
): JudgedHit {
  // A file that is found by its own words alone is one hit, its beginning.
  const explanation = found.isInSegment || row.ordinal <= 0 ? found : nothingFound;
  const hasAllWords = explanation.found.size > 0 && explanation.found.size === words.length;
  const isClose = explanation.found.size >= words.length / 2;
  const closeness = isClose ? 1 + shareOfAdjacentPairs(explanation.places, pairs) : 1;
  return {
    mediaId: row.media_id,
    segmentId: row.id,
    fileName: row.file_name,
    startSec: row.start_sec,
    endSec: row.end_sec,
    thumbnail: row.thumbnail_path === null ? null : `thumbnail/${row.id}`,
    score: (scores.get(row.row) ?? 0) * closeness + (hasAllWords ? ALL_WORDS : 0),
    explanation,
    hasAllWords,
    cosine: cosines.get(row.row) ?? null,
    nearText: nearTexts.get(row.row) ?? null,
  };
}

const nothingFound: Explanation = { found: new Set(), isInSegment: false, places: [] };
