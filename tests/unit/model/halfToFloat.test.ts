import { expect, test } from 'vitest';
import { halfToFloat } from '../../../src/main/answering/model/halfToFloat.ts';

test('half floats of every kind become the numbers that they stand for', () => {
  const bits = Uint16Array.of(0x0000, 0x3c00, 0xc000, 0x7bff, 0x0001, 0x0400, 0x3555, 0x7c00, 0xfc00);
  const numbers = [
    0,
    1,
    -2,
    65504,
    2 ** -24,
    2 ** -14,
    0.333251953125,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ];
  expect([...halfToFloat(bits)]).toEqual(numbers);
  expect(halfToFloat(Uint16Array.of(0x7e00))[0]).toBeNaN();
});
