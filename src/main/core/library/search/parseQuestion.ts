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

/** What was typed, as the words and pairs that matter. */
export function parseQuestion(text: string): Question {
  const typed = joinNames(wordsOf(text));
  const telling = typed.filter(({ terms }) => terms.length > 1 || !stopWords.has(terms[0] as string));
  const words = withoutRepeats(telling.length > 0 ? telling : typed).slice(0, MOST_WORDS);
  return { words, pairs: pairsIn(typed, words) };
}

function pairsIn(typed: QueryWord[], words: QueryWord[]): Question['pairs'] {
  const byKey = new Map(words.map((word) => [keyOf(word), word]));
  const pairs: Question['pairs'] = [];
  for (let at = 1; at < typed.length; at++) {
    const [first, second] = typed.slice(at - 1, at + 1).map((word) => byKey.get(keyOf(word)));
    if (first && second) pairs.push([first, second]);
  }
  return pairs;
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

function withoutRepeats(words: QueryWord[]): QueryWord[] {
  return [...new Map(words.map((word) => [keyOf(word), word])).values()];
}

function keyOf({ terms }: QueryWord): string {
  return terms.join(' ');
}
