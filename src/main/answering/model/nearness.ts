/** How near two runs of the same network are to each other. */

export interface Values {
  readonly length: number;
  readonly [index: number]: number;
}

export interface Nearness {
  /** The largest |ours - theirs| over the largest |theirs|; Infinity when the lengths differ or ours has NaN. */
  difference: number;
  /** 1 for the same direction, whatever the lengths. */
  cosine: number;
}

export function nearness(ours: Values, theirs: Values): Nearness {
  return { difference: relativeError(ours, theirs), cosine: cosine(ours, theirs) };
}

/** @returns the largest |ours - theirs| over the largest |theirs|; Infinity when the lengths differ or ours has NaN */
export function relativeError(ours: Values, theirs: Values): number {
  if (ours.length !== theirs.length) return Number.POSITIVE_INFINITY;
  let largest = 0;
  let difference = 0;
  for (let i = 0; i < theirs.length; i++) {
    largest = Math.max(largest, Math.abs(theirs[i] as number));
    difference = Math.max(difference, Math.abs((ours[i] as number) - (theirs[i] as number)));
  }
  if (Number.isNaN(difference)) return Number.POSITIVE_INFINITY;
  return difference === 0 ? 0 : difference / largest;
}

/** @returns 1 for the same direction, whatever the lengths; NaN counts as no likeness at all */
export function cosine(ours: Values, theirs: Values): number {
  let [dot, ourSquares, theirSquares] = [0, 0, 0];
  for (let i = 0; i < theirs.length; i++) {
    const [a, b] = [ours[i] as number, theirs[i] as number];
    dot += a * b;
    ourSquares += a * a;
    theirSquares += b * b;
  }
  if (ourSquares === 0 && theirSquares === 0) return 1;
  const likeness = dot / Math.sqrt(ourSquares * theirSquares);
  return Number.isNaN(likeness) ? 0 : likeness;
}
