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

/** In spreads, in one number: beyond, all is equally far. */
const FARTHEST = 50;

/**
 * @param things (n) each
 * @returns of the oddest of them its distance to the nearest kind, in spreads (root of the mean square); 0 for none
 */
export function oddestDistance(kinds: Kinds, things: readonly Float32Array[]): number {
  return things.reduce((most, thing) => Math.max(most, distanceFromKinds(kinds, thing)), 0);
}

function distanceFromKinds({ dimensions, middles, spreads }: Kinds, thing: Float32Array): number {
  let least = Number.POSITIVE_INFINITY;
  for (let start = 0; start < middles.length; start += dimensions) {
    let squared = 0;
    for (let i = 0; i < dimensions; i++) {
      const off = ((thing[i] as number) - (middles[start + i] as number)) / (spreads[start + i] as number);
      squared += Math.min(off ** 2, FARTHEST ** 2);
    }
    least = Math.min(least, squared);
  }
  return Math.sqrt(least / dimensions);
}
