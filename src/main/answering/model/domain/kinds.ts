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

/** In spreads, in one number: beyond, all is equally far. */
const FARTHEST = 50;

/**
 * @param things (n) each
 * @param groups of the n numbers
 * @returns of the oddest of them its distance to the nearest kind, in spreads; 0 for none
 */
export function oddestDistance(kinds: Kinds, things: readonly Float32Array[], groups: Groups): number {
  return things.reduce((most, thing) => Math.max(most, distanceFromKinds(kinds, thing, groups)), 0);
}

function distanceFromKinds({ dimensions, middles, spreads }: Kinds, thing: Float32Array, groups: Groups): number {
  let least = Number.POSITIVE_INFINITY;
  for (let start = 0; start < middles.length; start += dimensions) {
    const middle = middles.subarray(start, start + dimensions);
    const spread = spreads.subarray(start, start + dimensions);
    const off = thing.map((value, i) =>
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
