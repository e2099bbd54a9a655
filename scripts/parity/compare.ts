/** One line of a parity report: how far a stage is from the reference's numbers. */
export interface StageResult {
  stage: string;
  /** Largest difference relative to the tensor's largest magnitude; null where things are equal or not. */
  relativeError: number | null;
  /** What `relativeError` may be. */
  tolerance: number | null;
  pass: boolean;
  /** Why it failed, when there is more to say than a number. */
  note?: string;
}

interface Values {
  readonly length: number;
  readonly [index: number]: number;
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

/** What a tolerance of 1e-3 allows; others in proportion, since the angle grows with the square of the difference. */
const leastCosine = (tolerance: number) => 1 - 1e-5 * Math.max(1, (tolerance / 1e-3) ** 2);

/** Passes when both the largest difference and the direction are near enough. */
export function compareTensor(stage: string, ours: Values, theirs: Values, tolerance: number): StageResult {
  const error = relativeError(ours, theirs);
  const likeness = cosine(ours, theirs);
  const pass = error <= tolerance && likeness >= leastCosine(tolerance);
  const lengths = ours.length === theirs.length ? undefined : `${ours.length} values instead of ${theirs.length}`;
  const direction = error <= tolerance && !pass ? `cosine ${likeness.toFixed(6)}` : undefined;
  return { stage, relativeError: error, tolerance, pass, note: lengths ?? direction };
}

export function compareIds(stage: string, ours: readonly number[], theirs: readonly number[]): StageResult {
  const at = theirs.findIndex((id, i) => ours[i] !== id);
  const pass = at < 0 && ours.length === theirs.length;
  const place = at < 0 ? Math.min(ours.length, theirs.length) : at;
  const note = pass ? undefined : `differs at ${place}: ${ours[place]} instead of ${theirs[place]}`;
  return { stage, relativeError: null, tolerance: null, pass, note };
}

/** The numbers of the CPU say nothing about the provider that was asked for. */
export function compareProvider(used: string, [asked]: readonly string[]): StageResult {
  const pass = used === asked;
  return { stage: 'provider', relativeError: null, tolerance: null, pass, note: pass ? used : `${used}, not ${asked}` };
}
