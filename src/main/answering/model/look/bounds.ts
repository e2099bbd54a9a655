/** How near a provider's numbers have to be to the CPU's. */
import type { Nearness } from '../nearness.ts';

export interface Bound {
  /** Of the largest |ours - theirs| over the largest |theirs|. */
  difference: number;
  /** Of 1 - cosine. */
  angle: number;
}

/** Two providers that compute the same in floats, in another order. */
export const inFloats: Bound = { difference: 1e-3, angle: 1e-5 };

/** Products in fp16, of 11 bits: a thousandth each, and sums of them. */
export const inHalves: Bound = { difference: 1e-2, angle: 1e-4 };

/**
 * One scale for 128 values rounds them at most twice as coarsely (the root of the mean square) as one scale for each 32
 * of them; a half more, since it is maxima that are compared.
 */
const coarser = 3;
/** Of floats that are added in another order: a CPU that is no further from them than this has no such products. */
const noise = 1e-5;
/** Then there is nothing to measure by; a product that is wrong differs by much more than this. */
const unmeasured: Bound = { difference: 0.1, angle: 5e-3 };

/**
 * Packed weights as they are stored: each side rounds what it multiplies them with to 8 bits, the CPU in blocks of 32
 * values, WebGPU in blocks of 128 (see `floatProducts.ts`). How much that comes to in a network is measured on the CPU.
 * @param ofCpu its numbers with that rounding, against its own without
 */
export function withRounding({ difference, cosine }: Nearness): Bound {
  if (difference < noise) return unmeasured;
  return {
    difference: Math.max(inFloats.difference, coarser * difference),
    angle: Math.max(inFloats.angle, coarser ** 2 * (1 - cosine)),
  };
}

/** Whatever allows more. */
export function looser(one: Bound, other: Bound): Bound {
  return { difference: Math.max(one.difference, other.difference), angle: Math.max(one.angle, other.angle) };
}

export function isWithin({ difference, cosine }: Nearness, bound: Bound): boolean {
  return difference <= bound.difference && 1 - cosine <= bound.angle;
}
