import { describe, expect, it } from 'vitest';
import { randomSource } from '../../../src/main/answering/generate/randomSource.ts';
import { describePicture, describeSound } from '../../../src/main/answering/model/domain/descriptors.ts';
import { measureRarity, shareAsFarOut } from '../../../src/main/answering/model/domain/rarity.ts';
import { distanceFrom } from '../../../src/main/answering/model/domain/world.ts';
import { cholesky, invertLower, shrunkenCovariance } from '../../../tools/domain/cholesky.ts';
import { fitWorld } from '../../../tools/domain/fitWorld.ts';

const random = randomSource(7);
/** Standard normal (Box and Muller). */
const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
const oneGaussian = { prototypes: 1, shrinkage: 0, mostRows: 10_000 };

describe('a distance from a world', () => {
  it('with one prototype is the Mahalanobis distance per dimension', () => {
    // x = (10 a, 10 a + b): long along the diagonal, thin across it
    const rows = Array.from({ length: 4000 }, () => {
      const along = 10 * normal();
      return Float32Array.of(along, along + normal());
    });
    const world = fitWorld(rows, 2, oneGaussian);
    const distance = (...row: number[]) => distanceFrom(world, [Float32Array.from(row)]);
    expect(distance(10, 10)).toBeCloseTo(1 / Math.SQRT2, 1); // one deviation along
    expect(distance(0, 5)).toBeCloseTo(5 / Math.SQRT2, 0); // five across
    expect(distance(0, 0)).toBeCloseTo(0, 1);
  });

  it('with several prototypes is small near each of them and large between them', () => {
    const around = (centre: number) => Float32Array.of(centre + normal(), centre + normal());
    const rows = Array.from({ length: 600 }, (_, i) => around((i % 3) * 100));
    const world = fitWorld(rows, 2, { ...oneGaussian, prototypes: 3 });
    for (const centre of [0, 100, 200])
      expect(distanceFrom(world, [Float32Array.of(centre, centre)])).toBeLessThan(0.5);
    expect(distanceFrom(world, [Float32Array.of(50, 50)])).toBeGreaterThan(20);
  });

  it('of a clip is the mean over its descriptors, however they come in parts, and 0 without any', () => {
    const rows = Array.from({ length: 100 }, () => Float32Array.of(normal()));
    const world = fitWorld(rows, 1, oneGaussian);
    const [near, far] = [Float32Array.of(0), Float32Array.of(10)];
    const both = distanceFrom(world, [Float32Array.of(0, 10)]);
    expect(both).toBeCloseTo((distanceFrom(world, [near]) + distanceFrom(world, [far])) / 2, 5);
    expect(distanceFrom(world, [near, far])).toBeCloseTo(both, 5);
    expect(distanceFrom(world, [])).toBe(0);
  });

  it('can be measured where a number never changes, and where there are fewer rows than numbers', () => {
    const rows = Array.from({ length: 5 }, () => Float32Array.from({ length: 12 }, (_, i) => (i === 0 ? 3 : normal())));
    const world = fitWorld(rows, 12, { ...oneGaussian, shrinkage: 0.1 });
    expect(world.whitening.every(Number.isFinite)).toBe(true);
    expect(distanceFrom(world, [rows[0] as Float32Array])).toBeLessThan(2);
  });
});

describe('a factor of a covariance', () => {
  it('multiplied with itself gives the covariance, and with its inverse the identity', () => {
    const rows = Array.from({ length: 50 }, () => Float64Array.from({ length: 4 }, () => 3 * normal()));
    const covariance = shrunkenCovariance(rows, 0.05);
    const lower = cholesky(covariance);
    const inverse = invertLower(lower);
    const at = (matrix: Float64Array[], i: number, j: number) => matrix[i]?.[j] ?? 0;
    for (let i = 0; i < 4; i++) {
      for (let j = 0; j <= i; j++) {
        const product = [0, 1, 2, 3].reduce((sum, k) => sum + at(lower, i, k) * at(lower, j, k), 0);
        expect(product).toBeCloseTo(at(covariance, i, j), 8);
        const identity = [0, 1, 2, 3].reduce((sum, k) => sum + at(inverse, i, k) * at(lower, k, j), 0);
        expect(identity).toBeCloseTo(i === j ? 1 : 0, 8);
      }
    }
  });
});

describe('a calibrated score', () => {
  const distances = Array.from({ length: 5000 }, () => 2 - Math.log(1 - random())); // an exponential tail from 2
  const rarity = measureRarity(distances);

  it('is the share of the world’s clips that lie as far out', () => {
    for (const share of [0.9, 0.5, 0.2, 0.12]) {
      expect(shareAsFarOut(rarity, 2 - Math.log(share)), String(share)).toBeCloseTo(share, 1);
    }
  });

  it('goes on into the tail, where no clip was seen', () => {
    const share = shareAsFarOut(rarity, 2 - Math.log(0.001));
    expect(share).toBeGreaterThan(0.0003);
    expect(share).toBeLessThan(0.003);
  });

  it('falls with the distance, from 1 to 0', () => {
    const scores = [0, 1.9, 2.1, 2.5, 3, 4.2, 4.4, 6, 10, 1000].map((distance) => shareAsFarOut(rarity, distance));
    expect(scores[0]).toBe(1);
    expect(scores.at(-1)).toBe(0);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  });

  it('holds where all distances are the same', () => {
    const same = measureRarity([3, 3, 3]);
    expect(shareAsFarOut(same, 2.9)).toBe(1);
    expect(shareAsFarOut(same, 4)).toBe(0);
  });
});

describe('descriptors', () => {
  it('of a picture are mean and deviation of each feature, over all patches', () => {
    const features = { data: Float32Array.of(1, 10, 3, 10, 1, 10, 3, 10), dims: [2, 2, 2] };
    expect([...describePicture(features)]).toEqual([2, 10, 1, 0]);
  });

  it('of sound leave out padding, and count what is quiet as silence', () => {
    const fbank = new Float32Array(32 * 128).fill(0.25);
    fbank.fill(-1.2, 16 * 128);
    const all = describeSound(fbank, 128, 32);
    expect(all).toHaveLength(4 * 16);
    expect(all[0]).toBeCloseTo(0.25, 5);
    expect(all.at(-1)).toBeCloseTo(-0.5, 5);
    expect(describeSound(fbank, 128, 17)).toHaveLength(2 * 16);
    expect(describeSound(fbank, 128, 3)).toHaveLength(16);
  });
});
