/**
 * Search: the words as they were asked, the words in any way (synonyms, parts, guesses), file names and meaning
 * each bring a ranked list; the lists are fused by reciprocal rank, and every hit says why it is one.
 */
import type { SearchResult } from '../../../contract/index.ts';
import type { SearchQuery } from '../../ports/libraryApi.ts';
import type { ReadableDatabase } from '../driver.ts';
import { canUseVectors } from '../queries/vectors.ts';
import { prepared } from '../statements.ts';
import type { WordPair } from './adjacentWords.ts';
import { chooseAnswers } from './chooseAnswers.ts';
import { type ExpandedWord, expandWord } from './expandWord.ts';
import { findSegmentsByMeaning, type NearSegment } from './findByMeaning.ts';
import {
  findSegmentsByName,
  findSegmentsWithAll,
  findSegmentsWithSome,
  isAnywhere,
  type Scope,
} from './findByWords.ts';
import { findTexts } from './findTexts.ts';
import { fuseRanks, type RankedList } from './fuseRanks.ts';
import { judgeCandidates, writeReasons } from './judgeCandidates.ts';
import { knownOfKind } from './knownOfKind.ts';
import { parseQuestion, type QueryWord } from './parseQuestion.ts';
import { isKnownName } from './synonyms.ts';
import { takeTurns } from './takeTurns.ts';
import { withoutEchoes } from './withoutEchoes.ts';

/** Used when the caller gives no threshold: below, two unit vectors have little to do with each other. */
const DEFAULT_MIN_COSINE = 0.2;

/** Reads. At most `query.limit` hits, the best first; none when nothing matches. */
export function search(db: ReadableDatabase, query: SearchQuery): SearchResult {
  const startedAt = performance.now();
  const scope: Scope = { mediaId: query.mediaId ?? null, limit: Math.max(200, query.limit * 5) };
  const { words, pairs, isPhrase } = expandQuestion(db, query.text, scope);
  const near = searchMeaning(db, query, scope);
  const texts = findTexts(db, isPhrase ? query.meaning : undefined, scope);
  const scores = fuseRanks([
    ...searchWords(db, words, scope),
    { rows: findSegmentsByName(db, words, scope), weight: 0.5 },
    { rows: near.segments.map(({ row }) => row), weight: 1 },
    { rows: texts.map(({ segmentRow }) => segmentRow), weight: 1 },
  ]);
  const cosines = new Map(near.segments.map(({ row, cosine }) => [row, cosine]));
  const nearTexts = new Map(texts.map((text) => [text.segmentRow, text]));
  const answers = chooseAnswers(judgeCandidates(db, { scores, cosines, nearTexts, words, pairs }), words);
  const best = takeTurns(withoutEchoes(answers.hits), query.mediaId === undefined).slice(0, query.limit);
  return {
    hits: best.map((hit) => writeReasons(hit, query.space)),
    tookMs: performance.now() - startedAt,
    notices: [...answers.notices, ...near.notices, ...waitingNotice(db)],
  };
}

function expandQuestion(
  db: ReadableDatabase,
  text: string,
  scope: Scope,
): { words: ExpandedWord[]; pairs: WordPair[]; isPhrase: boolean } {
  // "musical instrument" is one where something of that kind is known.
  const isName = (name: string) => isKnownName(name) || knownOfKind(db, name).length > 0;
  const question = parseQuestion(text, isName);
  const expanded = new Map(
    question.words.map((word) => [word, expandWord(db, word, (alternatives) => isAnywhere(db, alternatives, scope))]),
  );
  const wordOf = (word: QueryWord) => expanded.get(word) as ExpandedWord;
  return {
    words: [...expanded.values()],
    pairs: question.pairs.map(([first, second]) => [wordOf(first), wordOf(second)]),
    isPhrase: question.isPhrase,
  };
}

/** The strictest questions first; the wider ones are asked only while there is room, for they cost more and say less. */
function searchWords(db: ReadableDatabase, words: ExpandedWord[], scope: Scope): RankedList[] {
  const asAsked = words.map((word) => word.asAsked);
  const inAnyWay = words.map((word) => word.inAnyWay);
  const all = findSegmentsWithAll(db, asAsked, scope);
  if (all.length === scope.limit) return [{ rows: all, weight: 1 }];
  const asked = all.length > 0 || words.length === 1 ? all : findSegmentsWithSome(db, asAsked, scope);
  const full = findSegmentsWithAll(db, inAnyWay, scope);
  const some = full.length === scope.limit || words.length === 1 ? [] : findSegmentsWithSome(db, inAnyWay, scope);
  return [
    { rows: asked, weight: 1 },
    { rows: [...new Set([...full, ...some])], weight: 0.5 },
  ];
}

function searchMeaning(
  db: ReadableDatabase,
  query: SearchQuery,
  scope: Scope,
): { segments: NearSegment[]; notices: string[] } {
  const { vector, space, minCosine = DEFAULT_MIN_COSINE } = query;
  if (vector === undefined || space === undefined || !canUseVectors(db)) return { segments: [], notices: [] };
  const segments = findSegmentsByMeaning(db, { vector, space, minCosine }, scope);
  if (segments !== null) return { segments, notices: [] };
  return { segments: [], notices: [meaningNotice(db, space)] };
}

/** Why nothing has a place by meaning: it is still to come, or this model gives such footage none. */
function meaningNotice(db: ReadableDatabase, space: string): string {
  const ready = prepared<{ count: number }>(
    db,
    "SELECT count(*) AS count FROM media WHERE removed_at IS NULL AND state = 'ready'",
  ).get()?.count;
  return ready
    ? `Search by meaning is off: none of the indexed files is known to the model "${space}". It knows no footage like them, or they were indexed with another one; words are found all the same.`
    : `Search by meaning is off: nothing is indexed for the model "${space}" yet.`;
}

function waitingNotice(db: ReadableDatabase): string[] {
  const waiting = prepared<{ count: number }>(
    db,
    "SELECT count(*) AS count FROM media WHERE removed_at IS NULL AND state IN ('queued', 'indexing')",
  ).get()?.count;
  if (!waiting) return [];
  return [
    `${waiting === 1 ? 'One file is' : `${waiting} files are`} still being indexed and cannot be found completely.`,
  ];
}
