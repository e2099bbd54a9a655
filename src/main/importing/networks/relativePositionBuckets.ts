/**
 * T5's buckets of relative positions, as BEATs uses them (both directions).
 * Source: microsoft/unilm `beats/backbone.py`, _relative_positions_bucket. In 32-bit floats, as there.
 */

/** The bucket of every distance -maxDistance … maxDistance (key minus query); farther ones have the last one's. */
export function relativePositionBuckets(numBuckets: number, maxDistance: number): number[] {
  const half = numBuckets / 2;
  const exact = Math.floor(half / 2);
  const bucket = (distance: number): number => {
    const away = Math.abs(distance);
    const side = distance > 0 ? half : 0;
    if (away < exact) return side + away;
    const log = Math.fround(Math.log(Math.fround(away / exact)));
    const spread = Math.fround(Math.fround(log / Math.log(maxDistance / exact)) * (half - exact));
    return side + Math.min(half - 1, exact + Math.trunc(spread));
  };
  return Array.from({ length: 2 * maxDistance + 1 }, (_, i) => bucket(i - maxDistance));
}
