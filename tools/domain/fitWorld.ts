/** Descriptors of a world's clips to its prototypes and whitening. */
import { type World, whiten } from '../../src/main/answering/model/domain/world.ts';
import { cholesky, invertLower, meanOf, shrunkenCovariance } from './cholesky.ts';
import { kMeans, nearestCentre } from './kMeans.ts';

export interface FitOptions {
  /** 1: a single Gaussian. */
  prototypes: number;
  /** Of the covariance, 0 to 1. */
  shrinkage: number;
  /** Rows beyond are left out, evenly. */
  mostRows: number;
}

/** @param descriptors (r, n), one after the other in each array */
export function fitWorld(descriptors: readonly Float32Array[], dimensions: number, options: FitOptions): World {
  const rows = thinned(toRows(descriptors, dimensions), options.mostRows);
  const scale = spread(rows);
  const scaled = rows.map((row) => row.map((value, i) => value / (scale[i] as number)));
  const centres = options.prototypes === 1 ? [meanOf(scaled)] : kMeans(scaled, options.prototypes);
  const residuals = scaled.map((row) => minus(row, centres[nearestCentre(row, centres)] as Float64Array));
  const inverse = invertLower(cholesky(shrunkenCovariance(residuals, options.shrinkage)));
  const whitening = Float32Array.from(
    inverse.flatMap((row, i) => [...row.subarray(0, i + 1)].map((value, j) => value / (scale[j] as number))),
  );
  const space = { dimensions, whitening };
  const prototypes = centres.flatMap((centre) => [
    ...whiten(
      space,
      Float32Array.from(centre, (value, i) => value * (scale[i] as number)),
    ),
  ]);
  return { ...space, prototypes: Float32Array.from(prototypes) };
}

function toRows(descriptors: readonly Float32Array[], dimensions: number): Float64Array[] {
  return descriptors.flatMap((part) =>
    Array.from({ length: part.length / dimensions }, (_, row) =>
      Float64Array.from(part.subarray(row * dimensions, (row + 1) * dimensions)),
    ),
  );
}

/** Every so many of them, at most `most`. */
export function thinned<T>(rows: readonly T[], most: number): T[] {
  const every = Math.max(1, rows.length / most);
  return Array.from({ length: Math.floor(rows.length / every) }, (_, i) => rows[Math.floor(i * every)] as T);
}

/** The standard deviation of every number; a constant one counts as 0.001. */
function spread(rows: readonly Float64Array[]): Float64Array {
  const mean = meanOf(rows);
  const squares = meanOf(rows.map((row) => minus(row, mean).map((value) => value * value)));
  return squares.map((value) => Math.sqrt(value) + 1e-3);
}

function minus(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value - (b[i] as number));
}
