/** Which of the found segments answer, and what is said where none answers in full. */
import type { ExpandedWord } from './expandWord.ts';
import { isNear, type JudgedHit } from './judgeCandidates.ts';

export interface Answers {
  hits: JudgedHit[];
  /** In words, where an answer is less than what was asked for. */
  notices: string[];
}

/**
 * A hit holds all of the words (over what is known of the segment and its file), or lies near the question in meaning.
 * Only where nothing holds them all, and nothing stood in quotes, may a hit hold some; then that is said.
 */
export function chooseAnswers(found: readonly JudgedHit[], words: readonly ExpandedWord[]): Answers {
  const quoted = words.filter(({ isQuoted }) => isQuoted);
  const full = found.filter((hit) => hit.hasAllWords || (isNear(hit) && quoted.length === 0));
  if (full.some((hit) => hit.hasAllWords)) return { hits: full, notices: guessNotices(words) };
  if (quoted.length > 0) return { hits: [], notices: [quoteNotice(quoted)] };
  const some = found.filter((hit) => !isNear(hit) && holdsEnough(hit.explanation.found, words));
  if (some.length === 0) return { hits: full, notices: [] };
  return { hits: [...full, ...some], notices: [someNotice(words), ...guessNotices(words)] };
}

/**
 * All the things that were asked for, if not how they are or how many; or more than half of the words, a thing among
 * them (a size that nobody noted counts for nothing). Half of the words is no answer: "two men" is not "two beeps".
 */
function holdsEnough(found: ReadonlySet<ExpandedWord>, words: readonly ExpandedWord[]): boolean {
  const things = words.filter(({ isQualifier }) => !isQualifier);
  const foundThings = things.filter((word) => found.has(word));
  if (foundThings.length === 0) return false;
  const foundQualifiers = found.size - foundThings.length;
  return foundThings.length === things.length || found.size > (things.length + foundQualifiers) / 2;
}

function someNotice(words: readonly ExpandedWord[]): string {
  return `Nothing has all of these words: ${listOf(words)}. These have some of them.`;
}

function quoteNotice(quoted: readonly ExpandedWord[]): string {
  return `Nothing has ${listOf(quoted)} word for word. Without the quotes, each word is looked for by itself.`;
}

/** Of words that stand nowhere, and for which others were taken. */
function guessNotices(words: readonly ExpandedWord[]): string[] {
  const guessed = words.filter(({ inAnyWay }) => inAnyWay.some(({ likeness }) => likeness === 'misspelt'));
  return guessed.length === 0 ? [] : [`${listOf(guessed)} is nowhere; what is spelt nearly like it was taken.`];
}

function listOf(words: readonly ExpandedWord[]): string {
  return words.map(({ asked }) => `“${asked}”`).join(', ');
}
