/** A question as known words and phrases, each with what it may mean. */
import type { QuestionWords } from './questionsFile.ts';
import { correctSpelling } from './spelling.ts';

export interface Token {
  text: string;
  /** "colour:red", "deed:spin", "see"; at least one. */
  meanings: readonly string[];
}

export interface Tokens {
  tokens: Token[];
  /** As the person wrote them, in small letters. */
  unknown: string[];
}

/** The longest phrase that is known comes first; a word that is none of the model's world is unknown. */
export function tokensOf(text: string, lexicon: QuestionWords): Tokens {
  const words = wordsOf(text, lexicon);
  const tokens: Token[] = [];
  const places: number[] = [];
  const unknown: { word: string; place: number }[] = [];
  for (let at = 0; at < words.length; ) {
    const found = longestPhrase(words, at, lexicon);
    if (found) {
      tokens.push(found.token);
      places.push(at);
    } else unknown.push({ word: words[at] as string, place: at });
    at += found?.length ?? 1;
  }
  for (const [at, { text, meanings }] of tokens.entries()) {
    const isAboutSomebody = meanings.includes('address') && !isAddressed(tokens, at); // "Is the man tall?"
    if (isAboutSomebody) unknown.push({ word: text, place: places[at] as number });
  }
  return { tokens, unknown: unknown.sort((a, b) => a.place - b.place).map(({ word }) => word) };
}

/** Words beside which somebody is spoken to. */
const idle = ['polite', 'be', 'help', 'of', 'that', 'and', 'clause', 'address'];

/** "mate" of "Hey mate, what is it?", not "the mate": somebody who is spoken to, before or after the question. */
export function isAddressed(tokens: readonly Token[], at: number): boolean {
  const isObject = ['determiner', 'place', 'of', 'describe'].some((category) => means(tokens[at - 1], category));
  if (!means(tokens[at], 'address') || isObject) return false;
  const isIdle = ({ meanings }: Token) => meanings.every((meaning) => idle.includes(meaning));
  return tokens.slice(0, at).every(isIdle) || tokens.slice(at + 1).every(isIdle);
}

const means = (token: Token | undefined, category: string): boolean =>
  token?.meanings.some((meaning) => meaning.split(':')[0] === category) ?? false;

/** Small letters, no punctuation, short forms written out; misspelt words that can only be one known word, corrected. */
function wordsOf(text: string, lexicon: QuestionWords): string[] {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[’‘`´]/g, "'")
    .replaceAll('/', ' or ')
    .replace(/[-–—_]/g, ' ');
  const words = plain.match(/[\p{L}\p{M}\p{N}']+|\p{Extended_Pictographic}/gu) ?? [];
  return words.flatMap((word) => {
    const known = lexicon.contractions.get(word);
    if (known !== undefined) return known.split(' ').filter(Boolean);
    const bare = word.replace(/'s$|s'$|^'+|'+$/g, (end) => (end === "s'" ? 's' : ''));
    return bare === '' ? [] : [correctSpelling(bare, lexicon)];
  });
}

function longestPhrase(
  words: readonly string[],
  at: number,
  { words: known, longestPhrase: most }: QuestionWords,
): { token: Token; length: number } | null {
  for (let length = Math.min(most, words.length - at); length > 0; length--) {
    const text = words.slice(at, at + length).join(' ');
    const meanings = known.get(text);
    if (meanings) return { token: { text, meanings }, length };
  }
  return null;
}
