import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeBytesPerBlock, quantizeRow } from '../../../src/main/importing/onnx/quantize.ts';

function quantized(row: Float32Array, bits: 4 | 8, blockSize: number) {
  const blocks = Math.ceil(row.length / blockSize);
  const codes = new Uint8Array(blocks * codeBytesPerBlock(bits, blockSize));
  const scales = new Float32Array(blocks);
  quantizeRow(row, { bits, blockSize }, { codes, scales });
  const zero = 2 ** (bits - 1);
  const codeAt = (i: number) => (bits === 8 ? codes[i] : ((codes[i >> 1] as number) >> ((i & 1) * 4)) & 15) as number;
  const values = row.map((_, i) => (codeAt(i) - zero) * (scales[Math.floor(i / blockSize)] as number));
  return { codes, scales, values };
}

const rows = fc
  .array(fc.float({ noNaN: true, noDefaultInfinity: true, min: -1e4, max: 1e4 }), { minLength: 1, maxLength: 200 })
  .map((values) => Float32Array.from(values));
const formats = fc.record({ bits: fc.constantFrom(4 as const, 8 as const), blockSize: fc.constantFrom(32, 64, 128) });

describe('block quantisation', () => {
  it('is never further off than one step, and half a step for all but the far end of the range', () => {
    fc.assert(
      fc.property(rows, formats, (row, { bits, blockSize }) => {
        const { values, scales } = quantized(row, bits, blockSize);
        row.forEach((value, i) => {
          const step = Math.abs(scales[Math.floor(i / blockSize)] as number);
          const apart = Math.abs((values[i] as number) - value);
          const isFarEnd = Math.abs(value) > step * (2 ** (bits - 1) - 1);
          expect(apart).toBeLessThanOrEqual(step * (isFarEnd ? 1 : 0.5) * 1.0001 + 1e-30);
        });
      }),
    );
  });

  it('keeps a value of largest magnitude of every block', () => {
    fc.assert(
      fc.property(rows, formats, (row, { bits, blockSize }) => {
        const { values } = quantized(row, bits, blockSize);
        for (let start = 0; start < row.length; start += blockSize) {
          const block = row.subarray(start, start + blockSize);
          const largest = block.reduce((best, value) => Math.max(best, Math.abs(value)), 0);
          if (largest < 1e-30) continue;
          // Of two that are equal but for their sign, one is kept.
          const kept = [...block.keys()].filter((i) => Math.abs(block[i] as number) === largest);
          const apart = kept.map((i) => Math.abs((values[start + i] as number) - (block[i] as number)));
          expect(Math.min(...apart)).toBeLessThanOrEqual(largest * 1e-6);
        }
      }),
    );
  });

  it('gives zeros the code of zero and packs the first of two codes into the low half', () => {
    expect(quantized(new Float32Array(32), 4, 32).codes).toEqual(new Uint8Array(16).fill(0x88));
    const row = new Float32Array(32);
    row[0] = -8;
    row[1] = 7;
    const { codes, scales } = quantized(row, 4, 32);
    expect([codes[0], codes[1], scales[0]]).toEqual([0xf0, 0x88, 1]);
  });
});
