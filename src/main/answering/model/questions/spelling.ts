/** Typing errors: "purpel" is purple, while "bear" is no beep. */
import type { QuestionWords } from './questionsFile.ts';

/** Shorter words have too many neighbours. */
const SHORTEST = 4;
/** From this length on two errors are forgiven. */
const LONG = 8;

/** Letters of a word that may be wrong, missing, too many or swapped. */
export function forgivenErrors(word: string): number {
  if (word.length < SHORTEST) return 0;
  return word.length < LONG ? 1 : 2;
}

/** @returns the known word that this is a misspelling of; the word itself where there is none, or several */
export function correctSpelling(word: string, lexicon: QuestionWords): string {
  const forgiven = forgivenErrors(word);
  if (forgiven === 0 || singleWordsOf(lexicon).has(word) || lexicon.notMisspelt.has(word)) return word;
  let best: string[] = [];
  let least = forgiven;
  for (const known of singleWordsOf(lexicon)) {
    const errors = known.length < SHORTEST ? forgiven + 1 : errorsBetween(word, known, least);
    if (errors < least) best = [];
    if (errors <= least) best.push(known);
    least = Math.min(least, errors);
  }
  const telling = best.filter((known) => !isIdle(known, lexicon)); // "yello" is yellow, not hello
  if (telling.length > 0) best = telling;
  return best.length === 0 || !meanTheSame(best, lexicon) ? word : (best[0] as string);
}

/** Of no meaning by itself, or none that matters. */
function isIdle(word: string, lexicon: QuestionWords): boolean {
  return lexicon.words.get(word)?.every((meaning) => ['polite', 'address'].includes(meaning)) ?? true;
}

const singleWords = new WeakMap<QuestionWords, Set<string>>();

/** Every word that occurs, alone or in a phrase. */
function singleWordsOf(lexicon: QuestionWords): Set<string> {
  const known = singleWords.get(lexicon);
  if (known) return known;
  const words = new Set([...lexicon.words.keys()].flatMap((phrase) => phrase.split(' ')));
  singleWords.set(lexicon, words);
  return words;
}

/** "spins" and "spin" may both be meant by "spinz": either will do. */
function meanTheSame(words: readonly string[], lexicon: QuestionWords): boolean {
  const meanings = words.map((word) => String(lexicon.words.get(word)));
  return meanings.every((meaning) => meaning === meanings[0]);
}

/** Letters to insert, delete, replace or swap with their neighbour (optimal string alignment); stops beyond `most`. */
export function errorsBetween(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (last[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped =
        a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? ((beforeLast[j - 2] as number) ?? Infinity) + 1 : Infinity;
      row.push(Math.min(replaced, (last[j] as number) + 1, (row[j - 1] as number) + 1, swapped));
    }
    if (Math.min(...row) > most) return most + 1;
    [beforeLast, last] = [last, row];
  }
  return last[b.length] as number;
}
