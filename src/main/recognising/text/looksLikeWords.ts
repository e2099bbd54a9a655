/** Which of several readings of one text is likelier to be words: of any language that is written in Latin letters. */
import { eld } from 'eld/small';

/** 0 to 1, by the letters that follow each other in the best fitting language; a digit within a word is a misreading. */
export function looksLikeWords(text: string): number {
  if (/\p{L}\p{N}+\p{L}/u.test(text)) return 0;
  return Math.max(0, ...Object.values(eld.detect(text).getScores()));
}
