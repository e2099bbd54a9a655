/** From a distance to a calibrated score: the share of the world's own clips that lie as far out. */

export interface Rarity {
  /** Distances of clips of the world: their quantiles in equal steps, from the least to `TAIL` of them. */
  quantiles: readonly number[];
  /** Mean distance by which the rest lies beyond the last quantile: there the share falls exponentially. */
  tailScale: number;
}

/** Beyond this quantile there are too few clips to count, so their distances are described by an exponential tail. */
export const TAIL = 0.9;
const STEPS = 90;

/** @param distances of clips that the world was not fitted to; at least two */
export function measureRarity(distances: readonly number[]): Rarity {
  const sorted = distances.toSorted((a, b) => a - b);
  const quantiles = Array.from({ length: STEPS + 1 }, (_, step) => quantile(sorted, (TAIL * step) / STEPS));
  const last = quantiles.at(-1) as number;
  const beyond = sorted.filter((distance) => distance > last).map((distance) => distance - last);
  const mean = beyond.reduce((sum, excess) => sum + excess, 0) / Math.max(1, beyond.length);
  return { quantiles, tailScale: Math.max(mean, 1e-6) };
}

/** @returns 1 for the most usual clip of the world, towards 0 the farther out */
export function shareAsFarOut({ quantiles, tailScale }: Rarity, distance: number): number {
  const last = quantiles.length - 1;
  const end = quantiles[last] as number;
  if (distance >= end) return (1 - TAIL) * Math.exp(-(distance - end) / tailScale);
  const above = quantiles.findIndex((value) => value > distance);
  if (above <= 0) return 1;
  const low = quantiles[above - 1] as number;
  const high = quantiles[above] as number;
  return 1 - (TAIL * (above - 1 + (distance - low) / (high - low))) / last;
}

/** Linear between neighbours. */
function quantile(sorted: readonly number[], share: number): number {
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number;
  return low + (high - low) * (at - below);
}
