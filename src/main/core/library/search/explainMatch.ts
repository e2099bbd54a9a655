/** Which words of a question a segment holds, and the pieces of knowledge that show it. */
import type { Knowledge, MatchReason } from '../../../../contract/index.ts';
import type { Alternative, ExpandedWord, Likeness } from './expandWord.ts';
import { isBound } from './matchExpression.ts';
import { type Mark, snippet } from './snippet.ts';
import { type Token, tokeniseName, tokeniseText } from './words.ts';

export interface Explanation {
  /** The words of the question that were found, in what is known or in the file name. */
  found: Set<ExpandedWord>;
  /** True when some of them were found in what is known about the segment itself. */
  isInSegment: boolean;
  /** Where they were found: what `reasonsOf` shows. */
  places: FoundPlace[];
}

export interface FoundPlace extends Pick<MatchReason, 'kind' | 'text' | 'source'> {
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

/** Looks for the words in everything that is known about a segment, and in the name of its file. */
export function explainMatch(fileName: string, knowledge: Knowledge[], index: WordIndex): Explanation {
  const inSegment = knowledge
    .toSorted((a, b) => (b.confidence ?? 1) - (a.confidence ?? 1))
    .map((item) => findIn(item, tokeniseText(item.text), index))
    .filter((place) => place.found.size > 0);
  const name = { kind: 'fileName', text: fileName, source: 'file name' } as const;
  const inName = [findIn(name, tokeniseName(fileName), index)].filter((place) => place.found.size > 0);
  const places = [...inSegment, ...inName];
  return {
    found: new Set(places.flatMap((place) => [...place.found])),
    isInSegment: inSegment.length > 0,
    places,
  };
}

/** The places with most words first, at most four; of equal texts the most confident one. */
export function reasonsOf({ places }: Explanation): MatchReason[] {
  const distinct = new Map<string, MatchReason>();
  for (const { kind, source, text, marks, remarks } of places.toSorted((a, b) => b.found.size - a.found.size)) {
    const key = `${kind} ${text}`;
    if (distinct.size === MOST_REASONS) break;
    if (!distinct.has(key)) distinct.set(key, { kind, source, text: [snippet(text, marks), ...remarks].join(' ') });
  }
  return [...distinct.values()];
}

function findIn(
  searched: Pick<MatchReason, 'kind' | 'text' | 'source'>,
  tokens: Token[],
  index: WordIndex,
): FoundPlace {
  const { kind, text, source } = searched;
  const place: FoundPlace = { kind, text, source, found: new Set(), spans: [], marks: [], remarks: new Set() };
  const isGlued = kind === 'screenText' || kind === 'fileName';
  for (const [at, token] of tokens.entries()) {
    for (const { word, alternative } of index.get(token.term) ?? []) {
      const last = tokens[at + alternative.terms.length - 1];
      if (last === undefined || !followEachOther(tokens, at, alternative.terms)) continue;
      if (isBound(alternative) && !isGlued) continue;
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
