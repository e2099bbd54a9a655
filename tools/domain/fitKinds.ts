/** Descriptors of what a world's clips show or sound like to its kinds. */
import type { Kinds } from '../../src/main/answering/model/domain/kinds.ts';
import { meanOf } from './cholesky.ts';
import { thinned } from './fitWorld.ts';
import { kMeans, nearestCentre } from './kMeans.ts';

export interface KindsOptions {
  kinds: number;
  /** Of the spread over the whole world: as if each kind had `PRIOR_MEMBERS` more with it. */
  leastSpread: number;
  /** Of the middling spread over all kinds, in each number: a wider kind would know what lies between others. */
  mostSpread?: number;
  /** Rows beyond are left out, evenly. */
  mostRows: number;
}

/** A kind of few members would else know only these. */
const PRIOR_MEMBERS = 4;
/** Where most kinds have next to none, the spread of the others may still be so many times the least. */
const WIDEST_OF_LEAST = 3;
/** Share of the least spread that even a kind of many equal members keeps. */
const FLOOR = 0.25;

/** @param all (n) each, at least one */
export function fitKinds(
  all: readonly Float32Array[],
  { kinds, leastSpread, mostSpread = Number.POSITIVE_INFINITY, mostRows }: KindsOptions,
): Kinds {
  const rows = thinned(all, mostRows);
  const spread = spreadOf(rows);
  const scaled = rows.map((row) => Float64Array.from(row, (value, i) => value / (spread[i] as number)));
  const centres = kMeans(scaled, kinds);
  const members = centres.map((): Float64Array[] => []);
  for (const row of scaled) members[nearestCentre(row, centres)]?.push(row);
  const own = atMost(
    centres.map((centre, kind) => ownSpread(members[kind] ?? [], centre, leastSpread)),
    { median: mostSpread, least: WIDEST_OF_LEAST * leastSpread },
  );
  const unscaled = (row: Float64Array) => [...row.map((value, i) => value * (spread[i] as number))];
  return {
    dimensions: spread.length,
    middles: Float32Array.from(centres.flatMap(unscaled)),
    spreads: Float32Array.from(own.flatMap(unscaled)),
  };
}

function ownSpread(members: readonly Float64Array[], centre: Float64Array, least: number): Float64Array {
  return centre.map((middle, i) => {
    const squares = members.reduce((sum, row) => sum + ((row[i] as number) - middle) ** 2, 0);
    return Math.sqrt((squares + PRIOR_MEMBERS * least ** 2) / (members.length + PRIOR_MEMBERS)) + FLOOR * least;
  });
}

/** @param most times the median over the kinds, or as much as the least where that is more */
function atMost(spreads: readonly Float64Array[], most: { median: number; least: number }): Float64Array[] {
  const median = (spreads[0] ?? new Float64Array()).map(
    (_, i) => spreads.map((spread) => spread[i] as number).sort((a, b) => a - b)[spreads.length >> 1] as number,
  );
  return spreads.map((spread) =>
    spread.map((value, i) => Math.min(value, Math.max(most.least, most.median * (median[i] as number)))),
  );
}

/** The standard deviation of every number; a constant one counts as 0.001. */
function spreadOf(rows: readonly Float32Array[]): Float64Array {
  const mean = meanOf(rows.map((row) => Float64Array.from(row)));
  return mean.map((middle, i) => {
    const squares = rows.reduce((sum, row) => sum + ((row[i] as number) - middle) ** 2, 0);
    return Math.sqrt(squares / rows.length) + 1e-3;
  });
}
