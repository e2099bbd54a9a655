import { codeBytesPerBlock, type Packing, quantizeRow } from '../../src/main/importing/onnx/quantize.ts';

/** What packing leaves of a weight (rows, columns): its codes times their scales. */
export function unpackWeights(
  weight: Float32Array,
  { rows, columns, bits, blockSize }: Packing & { rows: number; columns: number },
): Float32Array {
  const blocks = Math.ceil(columns / blockSize);
  const codes = new Uint8Array(blocks * codeBytesPerBlock(bits, blockSize));
  const scales = new Float32Array(blocks);
  const unpacked = new Float32Array(rows * columns);
  for (let n = 0; n < rows; n++) {
    quantizeRow(weight.subarray(n * columns, (n + 1) * columns), { bits, blockSize }, { codes, scales });
    for (let k = 0; k < columns; k++) {
      const code = bits === 8 ? codes[k] : ((codes[k >> 1] as number) >> ((k & 1) * 4)) & 15;
      const scale = scales[Math.floor(k / blockSize)] as number;
      unpacked[n * columns + k] = ((code as number) - 2 ** (bits - 1)) * scale;
    }
  }
  return unpacked;
}
