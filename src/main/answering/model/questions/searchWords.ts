/** A search, read by what its words mean to a model of a bounded world: what its dual encoder may be asked to find. */
import { meaningOf } from './nounPhrase.ts';
import type { QuestionWords } from './questionsFile.ts';
import { type Token, tokensOf } from './tokens.ts';

export interface SearchReading {
  /** It names something that is seen in that world, and nothing that is not. */
  isSeen: boolean;
  /** In the words that the encoder was trained on: "a red circle spins" of "crimson disc twirling"; null for no thing. */
  asked: string | null;
}

const seen = ['colour', 'shape', 'deed', 'size'];
/** The encoder has only pictures. */
const heard = ['sound', 'silent', 'hear', 'loud'];
/** What it says of numbers, sizes and joints it says in these words itself. */
const kept = ['size', 'number', 'and', 'or'];

/** A question's words do not have these: they are said to a search alone. */
const toTheSearch = /^\s*(?:please\s+)?(?:show|find|give|search for|look for)\s+(?:me\s+)?/i;

/** Reads "show me a crimson disc" as a red circle; of "a woman with a guitar", nothing is seen. */
export function readSearch(text: string, lexicon: QuestionWords): SearchReading {
  const { tokens, unknown } = tokensOf(text.replace(toTheSearch, ''), lexicon);
  const isOf = (categories: readonly string[]) => (token: Token) =>
    categories.some((category) => meaningOf(token, category) !== undefined);
  // A ring is seen, though a bell rings.
  const isOnlyHeard = (token: Token) => isOf(heard)(token) && !isOf(seen)(token);
  const isSeen = unknown.length === 0 && tokens.some(isOf(seen)) && !tokens.some(isOnlyHeard);
  const isThing = isSeen && tokens.some(isOf(['colour', 'shape']));
  return { isSeen, asked: isThing ? tokens.flatMap((token) => ownWords(token, lexicon)).join(' ') : null };
}

function ownWords(token: Token, { says }: QuestionWords): string[] {
  const value = meaningOf(token, 'colour') ?? meaningOf(token, 'shape');
  if (value !== undefined) return [value];
  const deed = meaningOf(token, 'deed');
  if (deed !== undefined) return [says.get(deed) ?? `${deed}s`];
  return kept.some((category) => meaningOf(token, category) !== undefined) ? [token.text] : [];
}
