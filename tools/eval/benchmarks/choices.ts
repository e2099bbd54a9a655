/** Questions with lettered options: how they are written, read and scored. */
import type { BenchmarkItem, BenchmarkResult, ReadAnswer, ScoreRow } from './benchmark.ts';
import { scoreRows, share } from './scoreRows.ts';

export interface ChoiceItem extends BenchmarkItem {
  question: string;
  options: string[];
  /** Of the right option; null where the benchmark keeps it to itself. */
  answer: number | null;
}

/** The index of an option. */
export type Choice = number;

export const letterOf = (index: number) => String.fromCharCode('A'.charCodeAt(0) + index);
export const answerByLetter =
  'Answer with the option’s letter from the given choices directly and only give the best option.'.replace('’', "'");

/** "(A) a cat", one a line, each with its line end. */
export function optionLines(options: readonly string[]): string {
  return options.map((option, index) => `(${letterOf(index)}) ${option}\n`).join('');
}

/** What the reference deletes before it looks for a letter: in these words it would find one. */
export const withoutAnswerWord = (text: string) => text.replaceAll('answer', '').replaceAll('Answer', '');

/**
 * As the reference reads: the first match of a pattern, its blanks and brackets taken off, is a letter or nothing.
 * @param fallback what it takes where it finds none
 */
export function readFirstLetter(text: string, pattern: RegExp, count: number): Choice | 'none' | 'unreadable' {
  const [found] = text.match(pattern) ?? [];
  if (found === undefined) return 'none';
  const index = letters(count).indexOf(found.trim().replace(/^[()]+|[()]+$/g, ''));
  return index === -1 ? 'unreadable' : index;
}

const letters = (count: number) => Array.from({ length: count }, (_, index) => letterOf(index));

/** A letter that stands alone or before its option, or an option's whole text: nothing else is an answer. */
export function readStrictly(text: string, options: readonly string[]): Choice | null {
  const said = plain(text);
  const byText = options.findIndex((option) => plain(option) === said);
  if (byText !== -1) return byText;
  const [, letter = '', rest = ''] = text.trim().match(/^[([]?([A-Z])(?:[)\].:,]\s*|\s*$)(.*)$/s) ?? [];
  const index = letter === '' ? -1 : letters(options.length).indexOf(letter);
  const isAlone = rest === '' || plain(rest) === plain(options[index] ?? '');
  return index !== -1 && isAlone ? index : null;
}

const plain = (text: string) =>
  text
    .trim()
    .toLowerCase()
    .replace(/[\s.]+$/, '');

/** Right as the paper counts, right as a strict reader counts, and how many the reference had to guess. */
export function scoreChoices(results: readonly BenchmarkResult<ChoiceItem, Choice>[]): ScoreRow[] {
  return scoreRows(
    results.filter(({ item }) => item.answer !== null),
    (some) => ({
      paper: share(
        count(some, ({ read, item }) => read.paper === item.answer),
        some.length,
      ),
      strict: share(
        count(some, ({ read, item }) => read.strict === item.answer),
        some.length,
      ),
    }),
  );
}

function count<T>(some: readonly T[], is: (one: T) => boolean): number {
  return some.filter(is).length;
}

/** The reader of the paper with the strict one beside it. */
export function readChoice(
  text: string,
  options: readonly string[],
  paper: Pick<ReadAnswer<Choice>, 'paper' | 'how'>,
): ReadAnswer<Choice> {
  return { ...paper, strict: readStrictly(text, options) };
}

export const guess = { paper: 2, how: 'fallback' } as const;
