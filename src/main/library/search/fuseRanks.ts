export interface RankedList {
  /** The best first. */
  rows: number[];
  weight: number;
}

/**
 * Reciprocal rank fusion (Cormack, Clarke and Büttcher, 2009): a row's score is the sum, over the lists that
 * name it, of weight / (60 + its place), places counted from 1.
 */
export function fuseRanks(lists: RankedList[]): Map<number, number> {
  const scores = new Map<number, number>();
  for (const { rows, weight } of lists) {
    for (const [index, row] of rows.entries()) {
      scores.set(row, (scores.get(row) ?? 0) + weight / (60 + index + 1));
    }
  }
  return scores;
}
