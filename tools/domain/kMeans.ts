/** k-means with k-means++ starts (Arthur and Vassilvitskii, 2007); the same rows give the same centres. */
import { randomSource } from '../../src/main/answering/generate/randomSource.ts';

const ROUNDS = 12;

/** @returns at most `count` centres, each (n) */
export function kMeans(rows: readonly Float64Array[], count: number): Float64Array[] {
  let centres = firstCentres(rows, Math.min(count, rows.length));
  for (let round = 0; round < ROUNDS; round++) centres = moved(rows, centres);
  return centres;
}

/** The index of the centre that lies nearest. */
export function nearestCentre(row: Float64Array, centres: readonly Float64Array[]): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (const [index, centre] of centres.entries()) {
    const distance = squaredDistance(row, centre, least);
    if (distance < least) [best, least] = [index, distance];
  }
  return best;
}

/** Each new start is drawn with a chance that grows with its squared distance to those before. */
function firstCentres(rows: readonly Float64Array[], count: number): Float64Array[] {
  const random = randomSource(1);
  const centres = [rows[0] as Float64Array];
  const distances = rows.map(() => Number.POSITIVE_INFINITY);
  while (centres.length < count) {
    const latest = centres.at(-1) as Float64Array;
    for (const [i, row] of rows.entries()) {
      distances[i] = Math.min(distances[i] as number, squaredDistance(row, latest));
    }
    let left = random() * distances.reduce((sum, distance) => sum + distance, 0);
    if (left === 0) break; // every row is a centre
    const drawn = distances.findIndex((distance) => {
      left -= distance;
      return left <= 0;
    });
    centres.push(rows[Math.max(0, drawn)] as Float64Array);
  }
  return centres;
}

function moved(rows: readonly Float64Array[], centres: readonly Float64Array[]): Float64Array[] {
  const sums = centres.map((centre) => new Float64Array(centre.length));
  const counts = centres.map(() => 0);
  for (const row of rows) {
    const index = nearestCentre(row, centres);
    counts[index] = (counts[index] as number) + 1;
    const sum = sums[index] as Float64Array;
    for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + (row[i] as number);
  }
  return sums.map((sum, index) => {
    const members = counts[index] as number;
    return members === 0 ? (centres[index] as Float64Array) : sum.map((value) => value / members);
  });
}

function squaredDistance(a: Float64Array, b: Float64Array, enough = Number.POSITIVE_INFINITY): number {
  let sum = 0;
  for (let i = 0; i < a.length && sum < enough; i++) sum += ((a[i] as number) - (b[i] as number)) ** 2;
  return sum;
}
