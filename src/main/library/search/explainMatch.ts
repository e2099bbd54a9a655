/** Which words of a question a segment holds, and the pieces of knowledge that show it. */
import { isGlued, type Knowledge, type MatchReason, type Segment } from '../../../contract/index.ts';
import type { FileDescription } from './describeFile.ts';
import type { Alternative, ExpandedWord, Likeness } from './expandWord.ts';
import { joinCues } from './joinCues.ts';
import { isBound } from './matchExpression.ts';
import { type Mark, snippet } from './snippet.ts';
import { type Token, tokeniseText } from './words.ts';

export interface Explanation {
  /** The words of the question that were found, in what is known of the segment or of its file. */
  found: Set<ExpandedWord>;
  /** True when some of them were found in what is known about the segment itself. */
  isInSegment: boolean;
  /** Where they were found: what `reasonsOf` shows. */
  places: FoundPlace[];
}

/** A text to look in. Seconds; null for what is true of the whole file. */
interface Searched extends Pick<MatchReason, 'kind' | 'text' | 'source'> {
  startSec: number | null;
  endSec: number | null;
}

export interface FoundPlace extends Searched {
  found: Set<ExpandedWord>;
  /** Which of the text's words, counted from 0, were found as which; `after` is the next one. */
  spans: { word: ExpandedWord; first: number; after: number }[];
  marks: Mark[];
  /** Where the found word is not the one that was asked for: "(for “tv”)". */
  remarks: Set<string>;
}

/** Alternatives of every word, by the term that they begin with. */
export type WordIndex = Map<string, { word: ExpandedWord; alternative: Alternative }[]>;

const MOST_REASONS = 4;

/** Prepares the words of a question for many calls of `explainMatch`. */
export function indexWords(words: ExpandedWord[]): WordIndex {
  const index: WordIndex = new Map();
  for (const word of words) {
    for (const alternative of word.inAnyWay) {
      const first = alternative.terms[0] as string;
      index.set(first, [...(index.get(first) ?? []), { word, alternative }]);
    }
  }
  return index;
}

/** Looks for the words in everything that is known about a segment and about its file. */
export function explainMatch(file: FileDescription[], knowledge: Knowledge[], index: WordIndex): Explanation {
  const inSegment = knowledge
    .toSorted((a, b) => (b.confidence ?? 1) - (a.confidence ?? 1))
    .map((item) => findIn(item, tokeniseText(item.text), index))
    .filter((place) => place.found.size > 0);
  const inFile = file
    .map((piece) => findIn({ ...piece, startSec: null, endSec: null }, piece.tokens, index))
    .filter((place) => place.found.size > 0);
  const places = [...inSegment, ...inFile, ...brokenPhrases(knowledge, index, [...inSegment, ...inFile])];
  return {
    found: new Set(places.flatMap((place) => [...place.found])),
    isInSegment: places.some(({ startSec }) => startSec !== null),
    places,
  };
}

/** Phrases that stand nowhere whole, but over two cues of a subtitle. */
function brokenPhrases(knowledge: Knowledge[], index: WordIndex, places: FoundPlace[]): FoundPlace[] {
  const isMissing = (word: ExpandedWord) => word.isQuoted && !places.some(({ found }) => found.has(word));
  const missing = new Map(
    [...index].map(([term, entries]) => [term, entries.filter(({ word }) => isMissing(word))] as const),
  );
  if ([...missing.values()].every((entries) => entries.length === 0)) return [];
  return joinCues(knowledge)
    .map((joined) => findIn(joined, tokeniseText(joined.text), missing))
    .filter(({ found }) => found.size > 0);
}

/** The places with most words first, at most four; of equal texts the most confident one. */
export function reasonsOf({ places }: Explanation, segment: Segment): MatchReason[] {
  const distinct = new Map<string, MatchReason>();
  for (const place of places.toSorted((a, b) => b.found.size - a.found.size)) {
    const { kind, source, text, marks, remarks } = place;
    const key = `${kind} ${text}`;
    if (distinct.size === MOST_REASONS) break;
    if (distinct.has(key)) continue;
    const isOfAMoment = place.startSec !== null && lengthOf(place) < lengthOf(segment);
    const atSec = isOfAMoment ? within(segment, place.startSec as number) : null;
    distinct.set(key, { kind, source, atSec, text: [snippet(text, marks), ...remarks].join(' ') });
  }
  return [...distinct.values()];
}

/**
 * Where to begin to play: at the place with most of the words; of several, at the one whose words stand at few places,
 * then at the shortest, which tells the moment best (what is said, before what is seen all the time), then at the earliest.
 * @returns seconds, within the segment
 */
export function momentOf({ places }: Explanation, segment: Segment): number {
  const timed = places.filter((place) => place.startSec !== null);
  const [best] = timed.toSorted(
    (a, b) =>
      b.found.size - a.found.size ||
      rarityOf(b, places) - rarityOf(a, places) ||
      lengthOf(a) - lengthOf(b) ||
      (a.startSec ?? 0) - (b.startSec ?? 0),
  );
  return within(segment, best?.startSec ?? segment.startSec);
}

/** Its words, each the less the more places have it. */
function rarityOf({ found }: FoundPlace, places: readonly FoundPlace[]): number {
  const shares = [...found].map((word) => 1 / places.filter((place) => place.found.has(word)).length);
  return shares.reduce((sum, share) => sum + share, 0);
}

/** What is said across the beginning of a segment is heard from there on. */
export function within({ startSec, endSec }: Segment, timeSec: number): number {
  return Math.min(Math.max(timeSec, startSec), Math.max(startSec, endSec));
}

function lengthOf({ startSec, endSec }: Pick<Searched, 'startSec' | 'endSec'>): number {
  return (endSec ?? 0) - (startSec ?? 0);
}

function findIn(searched: Searched, tokens: Token[], index: WordIndex): FoundPlace {
  const { kind, text, source, startSec, endSec } = searched;
  const found: FoundPlace['found'] = new Set();
  const place: FoundPlace = { kind, text, source, startSec, endSec, found, spans: [], marks: [], remarks: new Set() };
  const mayBeInside = isGlued(kind);
  for (const [at, token] of tokens.entries()) {
    for (const { word, alternative } of index.get(token.term) ?? []) {
      const last = tokens[at + alternative.terms.length - 1];
      if (last === undefined || !followEachOther(tokens, at, alternative.terms)) continue;
      if (isBound(alternative) && !mayBeInside) continue;
      place.found.add(word);
      place.spans.push({ word, first: at, after: at + alternative.terms.length });
      place.marks.push(markOf(token, last, word, alternative));
      const remark = remarkOn(alternative.likeness, word.asked);
      if (remark !== null) place.remarks.add(remark);
    }
  }
  return place;
}

function followEachOther(tokens: Token[], at: number, terms: string[]): boolean {
  return terms.every((term, offset) => tokens[at + offset]?.term === term);
}

/** Of a longer word, only the part that was asked for: «AQUILA»STRINGS. */
function markOf(first: Token, last: Token, word: ExpandedWord, { likeness }: Alternative): Mark {
  const isPart = likeness === 'beginning' || likeness === 'inside';
  const isWrittenAsFolded = first.end - first.start === first.term.length;
  if (!isPart || !isWrittenAsFolded) return { start: first.start, end: last.end };
  const start = first.start + first.term.indexOf(word.asked);
  return { start, end: start + word.asked.length };
}

/** A found word that is not the word that was asked for says so. */
function remarkOn(likeness: Likeness, asked: string): string | null {
  if (likeness === 'synonym') return `(for “${asked}”)`;
  if (likeness === 'misspelt') return `(close to “${asked}”)`;
  return null;
}
