/** What a person typed, as the words that matter. Nothing in it is ever syntax but quotation marks. */
import { stopWords } from './stopWords.ts';
import { isKnownName, LONGEST_NAME } from './synonyms.ts';
import { wordsOf } from './words.ts';

/** One thing that is asked for: a word, a name of several words ("cell phone"), or a phrase in quotes. */
export interface QueryWord {
  /** Folded, in order; one or more. */
  terms: string[];
  /** It stood in quotes: its words are meant as they are, side by side. */
  isQuoted: boolean;
}

export interface Question {
  /** The words without the empty ones; when only those were typed, they are taken as meant. */
  words: QueryWord[];
  /** Those of them that were typed one right after the other: what "red" says in "a red circle and a square". */
  pairs: [QueryWord, QueryWord][];
  /**
   * It reads like something that one says, and may be meant in other words: two words and one between them ("brand of
   * strings"), or four. A list of words ("bread corner") is meant word for word.
   */
  isPhrase: boolean;
}

const MOST_WORDS = 16;
/** Words: so many in a row are no list any more. */
const LONG = 4;
/** Straight, curly, low and angled. A single one without its partner is no quotation. */
const QUOTED = /["“”„‟«»]([^"“”„‟«»]+)["“”„‟«»]/gu;

/** Whether two words side by side are the name of one thing. */
export type IsName = (name: string) => boolean;

/** What was typed, as the words and pairs that matter. */
export function parseQuestion(text: string, isName: IsName = isKnownName): Question {
  const typed = [...typedWords(text, isName)];
  const telling = typed.filter(({ terms, isQuoted }) => isQuoted || terms.length > 1 || !stopWords.has(terms[0] ?? ''));
  const words = withoutRepeats(telling.length > 0 ? telling : typed).slice(0, MOST_WORDS);
  const isPhrase = words.length > 1 && (typed.length > telling.length || typed.length >= LONG);
  return { words, pairs: pairsIn(typed, words), isPhrase };
}

function* typedWords(text: string, isName: IsName): Generator<QueryWord> {
  let at = 0;
  for (const quotation of text.matchAll(QUOTED)) {
    yield* joinNames(wordsOf(text.slice(at, quotation.index)), isName);
    const terms = wordsOf(quotation[1] ?? '');
    if (terms.length > 0) yield { terms, isQuoted: true };
    at = quotation.index + quotation[0].length;
  }
  yield* joinNames(wordsOf(text.slice(at)), isName);
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

function joinNames(terms: string[], isName: IsName): QueryWord[] {
  const words: QueryWord[] = [];
  for (let at = 0; at < terms.length; ) {
    const name = terms.slice(at, at + LONGEST_NAME);
    const length = name.length > 1 && isName(name.join(' ')) ? name.length : 1;
    words.push({ terms: terms.slice(at, at + length), isQuoted: false });
    at += length;
  }
  return words;
}

function withoutRepeats(words: QueryWord[]): QueryWord[] {
  return [...new Map(words.map((word) => [keyOf(word), word])).values()];
}

function keyOf({ terms, isQuoted }: QueryWord): string {
  return `${isQuoted} ${terms.join(' ')}`;
}
