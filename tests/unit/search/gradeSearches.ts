/** How good a search is over many questions, by the measures of the field. Pure. */
export interface Graded {
  /** The files that belong there; none where nothing must be found. */
  wanted: readonly string[];
  /** Files as they were found, the best first, each once. */
  found: readonly string[];
}

export interface Grades {
  /** Of questions that have an answer: 0 to 1. */
  ndcg: number;
  /** Of questions that have none: the share of those that find anything. */
  falseFinds: number;
}

/** A file is right or it is not; what stands further behind counts less (Järvelin and Kekäläinen, 2002). */
export function ndcgAt10({ wanted, found }: Graded): number {
  const discount = (place: number) => 1 / Math.log2(place + 2);
  const gain = found.slice(0, 10).map((file, place) => (wanted.includes(file) ? discount(place) : 0));
  const ideal = wanted.slice(0, 10).map((_, place) => discount(place));
  return sum(gain) / sum(ideal);
}

export function grade(all: readonly Graded[]): Grades {
  const answered = all.filter(({ wanted }) => wanted.length > 0);
  const unknown = all.filter(({ wanted }) => wanted.length === 0);
  return {
    ndcg: sum(answered.map(ndcgAt10)) / answered.length,
    falseFinds: unknown.filter(({ found }) => found.length > 0).length / unknown.length,
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
