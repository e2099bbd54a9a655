/** What a person typed, as the words that matter. Nothing in it is ever syntax. */
import { stopWords } from './stopWords.ts';
import { isKnownName, LONGEST_NAME } from './synonyms.ts';
import { wordsOf } from './words.ts';

/** One thing that is asked for: a word, or a name of several words ("cell phone"). */
export interface QueryWord {
  /** Folded, in order; one or more. */
  terms: string[];
}

const MOST_WORDS = 16;

/** The words of a question without the empty ones; when only those were typed, they are taken as meant. */
export function parseQuestion(text: string): QueryWord[] {
  const words = joinNames(wordsOf(text));
  const telling = words.filter(({ terms }) => terms.length > 1 || !stopWords.has(terms[0] as string));
  return withoutRepeats(telling.length > 0 ? telling : words).slice(0, MOST_WORDS);
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
  return [...new Map(words.map((word) => [word.terms.join(' '), word])).values()];
}
