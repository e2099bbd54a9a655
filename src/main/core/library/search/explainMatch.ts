/** Which words of a question a segment holds, and the pieces of knowledge that show it. */
import type { Knowledge, MatchKind, MatchReason } from '../../../../contract/index.ts';
import type { Alternative, ExpandedWord, Likeness } from './expandWord.ts';
import { isBound } from './matchExpression.ts';
import { type Mark, snippet } from './snippet.ts';
import { type Token, tokeniseName, tokeniseText } from './words.ts';

export interface Explanation {
  /** The words of the question that were found, in what is known or in the file name. */
  found: Set<ExpandedWord>;
  /** True when some of them were found in what is known about the segment itself. */
  isInSegment: boolean;
  reasons: MatchReason[];
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

/** The reasons with most words first, at most four; the most confident one of equal texts. */
export function explainMatch(fileName: string, knowledge: Knowledge[], index: WordIndex): Explanation {
  const inSegment = knowledge
    .toSorted((a, b) => (b.confidence ?? 1) - (a.confidence ?? 1))
    .map((item) => findIn({ ...item, tokens: tokeniseText(item.text) }, index))
    .filter((match) => match.found.size > 0);
  const name = { kind: 'fileName', text: fileName, source: 'file name', tokens: tokeniseName(fileName) } as const;
  const inName = [findIn(name, index)].filter((match) => match.found.size > 0);
  const all = [...inSegment, ...inName];
  return {
    found: new Set(all.flatMap((match) => [...match.found])),
    isInSegment: inSegment.length > 0,
    reasons: bestReasons(all),
  };
}

interface Searched {
  kind: MatchKind;
  text: string;
  source: string;
  tokens: Token[];
}

interface FoundIn {
  found: Set<ExpandedWord>;
  reason: MatchReason;
}

function findIn(searched: Searched, index: WordIndex): FoundIn {
  const found = new Set<ExpandedWord>();
  const readAs = new Set<string>();
  const marks: Mark[] = [];
  const isGlued = searched.kind === 'screenText' || searched.kind === 'fileName';
  for (const [at, token] of searched.tokens.entries()) {
    for (const { word, alternative } of index.get(token.term) ?? []) {
      const last = searched.tokens[at + alternative.terms.length - 1];
      if (last === undefined || !followEachOther(searched.tokens, at, alternative.terms)) continue;
      if (isBound(alternative) && !isGlued) continue;
      found.add(word);
      marks.push(markOf(token, last, word, alternative));
      const remark = remarkOn(alternative.likeness, word.asked);
      if (remark !== null) readAs.add(remark);
    }
  }
  const { kind, source } = searched;
  return { found, reason: { kind, source, text: [snippet(searched.text, marks), ...readAs].join(' ') } };
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

function bestReasons(matches: FoundIn[]): MatchReason[] {
  const distinct = new Map<string, FoundIn>();
  for (const match of matches) {
    const key = `${match.reason.kind}\n${match.reason.text}`;
    if (!distinct.has(key)) distinct.set(key, match);
  }
  const sorted = [...distinct.values()].sort((a, b) => b.found.size - a.found.size);
  return sorted.slice(0, MOST_REASONS).map((match) => match.reason);
}
