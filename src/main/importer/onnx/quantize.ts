/**
 * Symmetric block quantisation as com.microsoft MatMulNBits reads it: value = (code - 2^(bits-1)) · scale.
 * The value of largest magnitude becomes the lowest code exactly, so that the whole range is used
 * (the rule of ggml's Q4_0 and of ONNX Runtime's own quantiser). Rows are padded to whole blocks with zeros.
 */

/** 4 bits: two codes a byte, the first in the low half. 8 bits: one a byte. */
export function codeBytesPerBlock(bits: 4 | 8, blockSize: number): number {
  return (blockSize * bits) / 8;
}

/** One row of K values into `codes` and one scale per block; both outputs are written whole. */
export function quantizeRow(
  row: Float32Array,
  bits: 4 | 8,
  blockSize: number,
  codes: Uint8Array,
  scales: Float32Array,
): void {
  const zero = 1 << (bits - 1);
  const top = 2 * zero - 1;
  for (let block = 0; block < scales.length; block++) {
    const start = block * blockSize;
    const end = Math.min(row.length, start + blockSize);
    let extreme = 0;
    for (let i = start; i < end; i++) {
      const value = row[i] as number;
      if (Math.abs(value) > Math.abs(extreme)) extreme = value;
    }
    const scale = Math.fround(extreme / -zero);
    const inverse = scale === 0 ? 0 : 1 / scale;
    scales[block] = scale;
    for (let i = start; i < start + blockSize; i++) {
      const value = i < end ? (row[i] as number) : 0;
      let code = Math.floor(value * inverse + 0.5) + zero;
      if (code > top) code = top;
      else if (code < 0) code = 0;
      if (bits === 8) codes[i] = code;
      else if ((i & 1) === 0) codes[i >> 1] = code;
      else codes[i >> 1] = (codes[i >> 1] as number) | (code << 4);
    }
  }
}
