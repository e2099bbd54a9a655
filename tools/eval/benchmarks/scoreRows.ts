/** Rows of a score: all questions, and each group of them. */
import { groupBy } from '../groupBy.ts';
import type { BenchmarkItem, BenchmarkResult, ScoreRow } from './benchmark.ts';

type Figures = ScoreRow['figures'];

/** @param figuresOf what is said of some of the results; @param by the groups, left out those of the first item */
export function scoreRows<Item extends BenchmarkItem, Value>(
  results: readonly BenchmarkResult<Item, Value>[],
  figuresOf: (some: readonly BenchmarkResult<Item, Value>[]) => Figures,
): ScoreRow[] {
  const row = (by: string, name: string, some: readonly BenchmarkResult<Item, Value>[]): ScoreRow => ({
    ...{ by, name, questions: some.length, figures: figuresOf(some) },
  });
  const kinds = [...new Set(results.flatMap(({ item }) => Object.keys(item.groups)))];
  return [
    row('all', 'all', results),
    ...kinds.flatMap((kind) => {
      const grouped = groupBy(
        results.filter(({ item }) => kind in item.groups),
        ({ item }) => item.groups[kind] ?? '',
      );
      return [...grouped].map(([name, some]) => row(kind, name, some));
    }),
  ];
}

/** In percent; null of nothing. */
export function share(part: number, whole: number): number | null {
  return whole === 0 ? null : (100 * part) / whole;
}

export function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
