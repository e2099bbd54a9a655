/**
 * A world as a short list of kinds, each with its middle and its own spread in every number: a tone may have any
 * length and hardly fades, a bell always fades alike. Whatever is of the world lies near to one of them.
 */
export interface Kinds {
  /** n: numbers of one descriptor. */
  dimensions: number;
  /** (K, n) */
  middles: Float32Array;
  /** (K, n), above 0. */
  spreads: Float32Array;
}

/**
 * How many numbers, one after the other, say the same sort of thing: a few that tell the pitch count as much as many
 * that tell what sounds beside it.
 */
export type Groups = readonly number[];

/** One thing, as often as it was looked at: descriptors of n numbers, at least one. */
export type Looks = readonly Float32Array[];

/** In spreads, in one number: beyond, all is equally far. */
const FARTHEST = 50;
/** A thing of a world looks like itself in most frames; in a few it is small, blurred or in front of its like. */
const COUNTED_LOOK = 0.25;

/**
 * @param groups of the n numbers
 * @returns of the oddest thing its distance to the nearest kind, in spreads; 0 for none
 */
export function oddestDistance(kinds: Kinds, things: readonly Looks[], groups: Groups): number {
  const distances = things.map((looks) => {
    const sorted = looks.map((look) => distanceFromKinds(kinds, look, groups)).sort((a, b) => a - b);
    return sorted[Math.floor((sorted.length - 1) * COUNTED_LOOK)] ?? 0;
  });
  return Math.max(0, ...distances);
}

function distanceFromKinds({ dimensions, middles, spreads }: Kinds, look: Float32Array, groups: Groups): number {
  let least = Number.POSITIVE_INFINITY;
  for (let start = 0; start < middles.length; start += dimensions) {
    const middle = middles.subarray(start, start + dimensions);
    const spread = spreads.subarray(start, start + dimensions);
    const off = look.map((value, i) =>
      Math.min(Math.abs(value - (middle[i] as number)) / (spread[i] as number), FARTHEST),
    );
    least = Math.min(least, oddestGroup(off, groups));
  }
  return least;
}

/** The root of the mean square of each group; the largest counts. */
function oddestGroup(off: Float32Array, groups: Groups): number {
  let at = 0;
  return groups.reduce((most, size) => {
    const squares = off.subarray(at, at + size).reduce((sum, value) => sum + value ** 2, 0);
    at += size;
    return Math.max(most, Math.sqrt(squares / size));
  }, 0);
}
