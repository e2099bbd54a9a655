/** Which texts the encoder, which learned English alone, may read. */
import { eld } from 'eld/small';

/** Of the best language's score: names and signs of two words are often taken for another language by a little. */
const NEARLY = 0.85;

/** True for English, and for what is too short to tell its language. */
export function maybeEnglish(text: string): boolean {
  const scores = eld.detect(text).getScores();
  const best = Math.max(0, ...Object.values(scores));
  return (scores.en ?? 0) >= NEARLY * best;
}

/** One word alone lies near all sorts of texts; a number says nothing. */
export function hasSeveralWords(text: string): boolean {
  return (text.match(/\p{L}{2,}/gu) ?? []).length > 1;
}
