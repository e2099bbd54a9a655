import { expect, it } from 'vitest';
import { randomSource } from '../../../src/main/answering/generate/randomSource.ts';
import { oddestDistance } from '../../../src/main/answering/model/domain/kinds.ts';
import { fitKinds } from '../../../tools/domain/fitKinds.ts';

const random = randomSource(5);
const around = (middle: number, spread: number) => middle + spread * (random() * 2 - 1);
/** Two kinds: one is tight in the first number and wide in the second, the other the other way round. */
const rows = Array.from({ length: 400 }, (_, i) =>
  i % 2 === 0 ? Float32Array.of(around(0, 0.1), around(0, 5)) : Float32Array.of(around(20, 5), around(20, 0.1)),
);
const kinds = fitKinds(rows, { kinds: 2, leastSpread: 0.01, mostRows: 1000 });
const distance = (...row: number[]) => oddestDistance(kinds, [[Float32Array.from(row)]], [2]);

it('each kind has its own spread in every number', () => {
  expect(distance(0, 4)).toBeLessThan(2);
  expect(distance(4, 0)).toBeGreaterThan(10);
  expect(distance(16, 20)).toBeLessThan(2);
  expect(distance(20, 16)).toBeGreaterThan(10);
});

it('of several things the oddest counts; of none there is nothing odd', () => {
  const far = Float32Array.of(10, 10);
  expect(oddestDistance(kinds, [[Float32Array.of(0, 0)], [far]], [2])).toBe(oddestDistance(kinds, [[far]], [2]));
  expect(oddestDistance(kinds, [], [2])).toBe(0);
});

it('a kind of one member does not know that one alone', () => {
  const lonely = fitKinds([...rows, Float32Array.of(100, 100)], { kinds: 3, leastSpread: 0.2, mostRows: 1000 });
  expect(oddestDistance(lonely, [[Float32Array.of(101, 99)]], [2])).toBeLessThan(2);
});

it('numbers that say the same sort of thing count together, however many they are', () => {
  const many = Array.from({ length: 50 }, () => Float32Array.from({ length: 9 }, () => around(0, 1)));
  const one = fitKinds(many, { kinds: 1, leastSpread: 0.2, mostRows: 1000 });
  const odd = [[Float32Array.of(9, 0, 0, 0, 0, 0, 0, 0, 0)]];
  expect(oddestDistance(one, odd, [1, 8])).toBeCloseTo(3 * oddestDistance(one, odd, [9]), 1);
});

it('a thing that is odd in a few of its looks is one of the world, one that is odd in most is not', () => {
  const [usual, odd] = [Float32Array.of(0, 0), Float32Array.of(10, 10)];
  const distanceOf = (...looks: Float32Array[]) => oddestDistance(kinds, [looks], [2]);
  expect(distanceOf(odd, usual, odd, usual, odd, usual)).toBe(distanceOf(usual));
  expect(distanceOf(odd, odd, odd, odd, usual, odd)).toBe(distanceOf(odd));
});

it('a kind of things that differ much among themselves does not know what lies between the others', () => {
  const loose = Array.from({ length: 40 }, () => Float32Array.of(around(60, 20), around(60, 20)));
  const fit = { kinds: 3, leastSpread: 0.01, mostRows: 1000 };
  const between = [[Float32Array.of(38, 38)]];
  const wide = oddestDistance(fitKinds([...rows, ...loose], fit), between, [2]);
  expect(oddestDistance(fitKinds([...rows, ...loose], { ...fit, mostSpread: 1 }), between, [2])).toBeGreaterThan(
    2 * wide,
  );
});
