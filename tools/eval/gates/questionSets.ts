/** The sets of questions that the sample model's question reader is measured on (tests/fixtures/questions). */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../../../tests/fixtures/questions');

/** Lists of questions that the model cannot know an answer to. */
export const outsideSets = [
  'outside',
  'outside-later',
  'outside-double',
  'outside-double-later',
  'outside-order',
  'outside-people',
];
/** Lists of questions about the sample clips in free words. */
export const freeSets = [
  'free',
  'free-later',
  'free-voices',
  'free-voices-later',
  'free-voices-last',
  'free-people',
  'free-people-later',
];

export interface OutsideQuestion {
  isYesOrNo: boolean;
  question: string;
}

export interface FreeQuestion {
  /** Name of a sample clip, without ".mp4". */
  clip: string;
  /** Seconds: of a longer clip the scene that is asked about. */
  startSec: number;
  question: string;
  /** Any of these is right; "…red" wherever the answer holds these words. */
  right: string[];
}

/** @param file "outside" or another list of questions that the model cannot know an answer to */
export async function outsideQuestions(file = 'outside'): Promise<OutsideQuestion[]> {
  return (await readRows(file)).map(([sort, question]) => ({ isYesOrNo: sort === 'yes', question: question ?? '' }));
}

/** @param file "free" or another list of questions about the sample clips */
export async function freeQuestions(file = 'free'): Promise<FreeQuestion[]> {
  return (await readRows(file)).map(([clip = '', question = '', right = '']) => {
    const [name = '', start = '0'] = clip.split('@');
    return { clip: name, startSec: Number(start), question, right: right.split('/') };
  });
}

/** @param file a list of questions of its world, each with what the model is to be asked for it */
export async function readingQuestions(file: string): Promise<{ question: string; reading: string }[]> {
  return (await readRows(file)).map(([question = '', reading = '']) => ({ question, reading }));
}

/** Words count, signs and capitals do not. */
export function isRightAnswer(answer: string, right: readonly string[]): boolean {
  const given = plain(answer);
  return right.some((text) => {
    if (!text.includes('…')) return plain(text) === given;
    let at = 0;
    return text.split('…').every((part) => {
      const found = given.indexOf(plain(part), at);
      at = found + plain(part).length;
      return found >= 0;
    });
  });
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N} ]/gu, '')
    .trim();
}

async function readRows(file: string): Promise<string[][]> {
  const text = await readFile(join(folder, `${file}.tsv`), 'utf8');
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  return lines.map((line) => line.split(' | '));
}
