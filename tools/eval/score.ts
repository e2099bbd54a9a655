/** When an answer is right, and how right answers become shares. */
import { groupBy } from './groupBy.ts';
import { type Family, families, type Question } from './readBenchmark.ts';

export interface ScoredQuestion extends Pick<Question, 'family' | 'type'> {
  isRight: boolean;
}

export interface TypeScore {
  type: string;
  questions: number;
  right: number;
}

export interface FamilyScore {
  family: Family;
  questions: number;
  right: number;
  /** In the order of the alphabet. */
  types: TypeScore[];
}

/**
 * Exact match: every word and sign is the expected one. Only space around the answer does not count, so a caption
 * with one wrong word is wrong, and so is an option's letter with more words behind it.
 */
export function isRight(given: string, expected: string): boolean {
  return given.trim() === expected.trim();
}

/** Families in the paper's order, those that were not asked left out. */
export function scoreByFamily(questions: readonly ScoredQuestion[]): FamilyScore[] {
  const byFamily = groupBy(questions, ({ family }) => family);
  return families.flatMap((family) => {
    const asked = byFamily.get(family);
    return asked ? [{ family, ...count(asked), types: scoreByType(asked) }] : [];
  });
}

function scoreByType(questions: readonly ScoredQuestion[]): TypeScore[] {
  return [...groupBy(questions, ({ type }) => type)]
    .map(([type, asked]) => ({ type, ...count(asked) }))
    .sort((a, b) => a.type.localeCompare(b.type));
}

/** How many, and how many of them right. */
export function count(questions: readonly { isRight: boolean }[]): { questions: number; right: number } {
  return { questions: questions.length, right: questions.filter((question) => question.isRight).length };
}

/** "97.5%", "–" where nothing was asked. */
export function percent(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)}%`;
}
