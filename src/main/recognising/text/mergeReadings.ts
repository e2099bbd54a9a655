/** The readings of a segment's frames as a short list: one entry for each text, in its best spelling. */
import { distance } from 'fastest-levenshtein';
import type { Segment } from '../../../contract/index.ts';
import type { Reading } from './ctcDecode.ts';
import { looksLikeWords } from './looksLikeWords.ts';

/** What one frame says, and the stretch of time it stands for. */
export interface FrameReadings extends Segment {
  readings: Reading[];
}

/** From the first frame that shows it to the end of the last one's segment. */
export interface MergedReading extends Reading, Segment {
  frames: number;
}

const minConfidence = 0.7;
/** A reading that only one frame shows has to be surer than one that several frames agree on. */
const minConfidenceOnce = 0.8;
/** Patterns are often taken for a few letters. */
const minConfidenceShort = 0.85;
const shortLetters = 4;
/** Spellings that differ in at most this share of their letters are the same text. */
const maxDifference = 0.25;
/** Of the best support: three frames that each read another letter say nothing of which is right. */
const nearly = 0.95;
/** A piece of a longer reading (the rest was hidden or missed) needs this many letters to be told as one. */
const minPieceLetters = 5;

/** @returns in the order of first appearance. */
export function mergeReadings(frames: readonly FrameReadings[]): MergedReading[] {
  const texts: Spelling[][] = [];
  for (const { startSec, endSec, readings } of frames) {
    for (const reading of readings) {
      const spelling = { ...reading, text: tidy(reading.text), startSec, endSec };
      const letters = lettersOf(spelling.text);
      if (letters.length < 2 || spelling.confidence < minConfidence) continue;
      const same = texts.find((spellings) => spellings.some((other) => isSameText(letters, lettersOf(other.text))));
      if (same) same.push(spelling);
      else texts.push([spelling]);
    }
  }
  return texts.map(mergeSpellings).filter(isSure);
}

type Spelling = Omit<MergedReading, 'frames'>;

function mergeSpellings(spellings: readonly Spelling[]): MergedReading {
  const best = likeliest(spellings);
  return {
    text: best.text,
    confidence: Math.max(...spellings.filter(({ text }) => text === best.text).map(({ confidence }) => confidence)),
    startSec: Math.min(...spellings.map(({ startSec }) => startSec)),
    endSec: Math.max(...spellings.map(({ endSec }) => endSec)),
    frames: new Set(spellings.map(({ startSec }) => startSec)).size,
  };
}

/** The best supported; of those that are nearly as well supported, the one that looks most like words. */
function likeliest(spellings: readonly Spelling[]): Spelling {
  const supported = spellings.map((spelling) => ({ spelling, support: support(spelling, spellings) }));
  const most = Math.max(...supported.map(({ support }) => support));
  const rivals = supported.filter(({ support }) => support >= nearly * most).toSorted((a, b) => b.support - a.support);
  const distinct = [...new Map(rivals.map(({ spelling }) => [spelling.text, spelling])).values()];
  if (distinct.length === 1) return distinct[0] as Spelling;
  return distinct.reduce((a, b) => (looksLikeWords(b.text) > looksLikeWords(a.text) ? b : a));
}

/** How well the other frames bear a spelling out, times its length: the whole beats a piece of it. */
function support({ text }: Spelling, spellings: readonly Spelling[]): number {
  const agreement = spellings.map((other) => {
    const longer = Math.max(text.length, other.text.length);
    return other.confidence * (1 - distance(text, other.text) / longer);
  });
  return lettersOf(text).length * agreement.reduce((sum, value) => sum + value, 0);
}

function isSure({ text, confidence, frames }: MergedReading): boolean {
  if (lettersOf(text).length <= shortLetters) return confidence >= minConfidenceShort;
  return confidence >= (frames > 1 ? minConfidence : minConfidenceOnce);
}

/** Wide punctuation and digits become their plain forms. */
function tidy(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, ' ').trim();
}

/** Only letters and digits count when readings are compared. */
function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

function isSameText(a: string, b: string): boolean {
  const [shorter, longer] = a.length < b.length ? [a, b] : [b, a];
  if (shorter.length >= minPieceLetters && longer.includes(shorter)) return true;
  if (saysOtherNumber(a, b)) return false;
  return distance(shorter, longer) <= Math.floor(longer.length * maxDifference);
}

/** "Chapter 1" and "Chapter 2" differ by one letter and are two texts; near values of a running clock are one. */
function saysOtherNumber(a: string, b: string): boolean {
  const words = (text: string) => text.replace(/\p{N}/gu, '');
  return words(a).length >= 3 && words(a) === words(b) && a !== b;
}
