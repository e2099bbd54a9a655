import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PRECISION_BITS, resample, type Weights } from '../../../src/main/answering/preprocess/resample.ts';
import type { RgbImage } from '../../../src/main/ports/rgbImage.ts';

const MOST_INPUTS = 7;

/** Any weights of one axis, from -2 to 2: sums far outside of a byte, too. The input places go forward, as a resize's do. */
function axis(inputs: number) {
  const line = fc.record({
    first: fc.nat(inputs - 1),
    weights: fc.array(fc.integer({ min: -2 << PRECISION_BITS, max: 2 << PRECISION_BITS }), {
      minLength: 1,
      maxLength: MOST_INPUTS,
    }),
  });
  return fc.array(line, { minLength: 1, maxLength: 9 }).map((lines): Weights => {
    const stride = 2 + MOST_INPUTS;
    const values = new Int32Array(lines.length * stride);
    for (const [i, { first, weights }] of lines.toSorted((a, b) => a.first - b.first).entries()) {
      const fitting = weights.slice(0, inputs - first);
      values.set([first, fitting.length, ...fitting], i * stride);
    }
    return { stride, values: withLongestLast(values, stride, inputs) };
  });
}

/** The last output place of a resize reads up to the last input place that is read at all. */
function withLongestLast(values: Int32Array, stride: number, inputs: number): Int32Array {
  const last = values.subarray(values.length - stride);
  last[1] = Math.min(MOST_INPUTS, inputs - (last[0] as number));
  return values;
}

const resizes = fc
  .record({ width: fc.integer({ min: 1, max: 12 }), height: fc.integer({ min: 1, max: 12 }) })
  .chain(({ width, height }) =>
    fc.record({
      image: fc
        .uint8Array({ minLength: width * height * 3, maxLength: width * height * 3 })
        .map((data): RgbImage => ({ width, height, data })),
      columns: axis(width),
      rows: axis(height),
    }),
  );

/** One sum after the other. */
function plainly(image: RgbImage, columns: Weights, rows: Weights): number[] {
  const rowsOf = (from: ArrayLike<number>, width: number, height: number) =>
    Array.from({ length: height }, (_, y) => Array.from({ length: width }, (_, x) => from[y * width + x] as number));
  const narrow = rowsOf(image.data, image.width * 3, image.height).map((row) =>
    weighed(rowsOf(row, 3, image.width), columns).flat(),
  );
  return weighed(narrow, rows).flat();
}

function weighed(things: number[][], { stride, values }: Weights): number[][] {
  return Array.from({ length: values.length / stride }, (_, output) => {
    const [first, count, ...weights] = values.subarray(output * stride, (output + 1) * stride) as unknown as number[];
    const inputs = things.slice(first as number, (first as number) + (count as number));
    return (things[0] as number[]).map((_, at) => {
      const sum = inputs.reduce(
        (soFar, thing, k) => (soFar + Math.imul(thing[at] as number, weights[k] as number)) | 0,
        1 << (PRECISION_BITS - 1),
      );
      return Math.min(Math.max(sum >> PRECISION_BITS, 0), 255);
    });
  });
}

describe('resample', () => {
  it('gives the bytes of plain sums for any picture and any weights', () => {
    fc.assert(
      fc.property(resizes, ({ image, columns, rows }) => {
        expect([...resample(image, columns, rows).data]).toEqual(plainly(image, columns, rows));
      }),
    );
  });
});
