/** What a person typed, as the words that matter. Nothing in it is ever syntax. */
import { stopWords } from './stopWords.ts';
import { isKnownName, LONGEST_NAME } from './synonyms.ts';
import { wordsOf } from './words.ts';

/** One thing that is asked for: a word, or a name of several words ("cell phone"). */
export interface QueryWord {
  /** Folded, in order; one or more. */
  terms: string[];
}

export interface Question {
  /** The words without the empty ones; when only those were typed, they are taken as meant. */
  words: QueryWord[];
  /** Those of them that were typed one right after the other: what "red" says in "a red circle and a square". */
  pairs: [QueryWord, QueryWord][];
}

const MOST_WORDS = 16;

export function parseQuestion(text: string): Question {
  const typed = joinNames(wordsOf(text));
  const telling = typed.filter(({ terms }) => terms.length > 1 || !stopWords.has(terms[0] as string));
  const distinct = withoutRepeats(telling.length > 0 ? telling : typed);
  const words = [...distinct.values()].slice(0, MOST_WORDS);
  const asked = typed.map((word) => words.find((other) => keyOf(other) === keyOf(word)));
  const pairs = asked
    .slice(1)
    .flatMap((word, at) => (word && asked[at] ? [[asked[at], word] as [QueryWord, QueryWord]] : []));
  return { words, pairs };
}

function joinNames(terms: string[]): QueryWord[] {
  const words: QueryWord[] = [];
  for (let at = 0; at < terms.length; ) {
    const name = terms.slice(at, at + LONGEST_NAME);
    const length = name.length > 1 && isKnownName(name.join(' ')) ? name.length : 1;
    words.push({ terms: terms.slice(at, at + length) });
    at += length;
  }
  return words;
}

function withoutRepeats(words: QueryWord[]): Map<string, QueryWord> {
  return new Map(words.map((word) => [keyOf(word), word]));
}

function keyOf({ terms }: QueryWord): string {
  return terms.join(' ');
}
