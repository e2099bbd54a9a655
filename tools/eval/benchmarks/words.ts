/** Questions that are answered with a word: how they are read and scored. */
import { basename, isAbsolute } from 'node:path';
import * as z from 'zod';
import type { BenchmarkItem, BenchmarkResult, ItemMedia, ReadAnswer, ScoreRow } from './benchmark.ts';
import { findFilm, findSound } from './benchmarkFiles.ts';
import { scoreRows, share } from './scoreRows.ts';

export interface WordItem extends BenchmarkItem {
  question: string;
  answer: string;
}

/** Question and answer, as LLaVA's data files have them. */
export const conversation = z
  .tuple([z.object({ value: z.string() }), z.object({ value: z.string() })])
  .rest(z.unknown());

/** A medium by a path of the machine on which the file was made: here it lies in a folder, by its name at least. */
export function findByPath(folder: string, path: string, modality: ItemMedia['modality']): ItemMedia {
  const find = modality === 'audio' ? findSound : findFilm;
  const whole = isAbsolute(path) ? null : find(folder, path);
  return { name: basename(path), path: whole ?? find(folder, basename(path)), modality };
}

/**
 * The reference takes blanks and stops off the end of what was said, and compares without regard to case; a strict
 * reader does so with both sides, and wants something to be said.
 */
export function readWord(text: string, { answer }: Pick<WordItem, 'answer'>): ReadAnswer<boolean> {
  const said = text
    .trim()
    .replace(/[\s.]+$/, '')
    .toUpperCase();
  return {
    paper: text.replace(/[ .]+$/, '').toUpperCase() === answer.toUpperCase(),
    strict:
      said === ''
        ? null
        : said ===
          answer
            .trim()
            .replace(/[\s.]+$/, '')
            .toUpperCase(),
    how: said === '' ? 'fallback' : 'text',
  };
}

export function scoreRight<Item extends BenchmarkItem>(results: readonly BenchmarkResult<Item, boolean>[]): ScoreRow[] {
  return scoreRows(results, (some) => ({
    paper: share(some.filter(({ read }) => read.paper).length, some.length),
    strict: share(some.filter(({ read }) => read.strict === true).length, some.length),
  }));
}
