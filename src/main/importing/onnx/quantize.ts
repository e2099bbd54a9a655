/**
 * Symmetric block quantisation as com.microsoft MatMulNBits reads it: value = (code - 2^(bits-1)) · scale.
 * The value of largest magnitude becomes the lowest code exactly, so that the whole range is used
 * (the rule of ggml's Q4_0 and of ONNX Runtime's own quantiser). Rows are padded to whole blocks with zeros.
 */

/** 4 bits: two codes a byte, the first in the low half. 8 bits: one a byte. */
export function codeBytesPerBlock(bits: 4 | 8, blockSize: number): number {
  return (blockSize * bits) / 8;
}

/** How one row is packed: its bits a value, its values a scale. */
export interface Packing {
  bits: 4 | 8;
  blockSize: number;
}

/** One row of K values into codes and one scale per block; both are written whole. */
export function quantizeRow(
  row: Float32Array,
  { bits, blockSize }: Packing,
  { codes, scales }: { codes: Uint8Array; scales: Float32Array },
): void {
  const lowest = -(1 << (bits - 1));
  const whole = wholeBlocks(row, blockSize);
  for (let block = 0; block < scales.length; block++)
    scales[block] = extremeOf(whole, block * blockSize, (block + 1) * blockSize) / lowest;
  (bits === 4 ? pack4 : pack8)(whole, scales, codes);
}

function wholeBlocks(row: Float32Array, blockSize: number): Float32Array {
  const length = Math.ceil(row.length / blockSize) * blockSize;
  if (length === row.length) return row;
  const padded = new Float32Array(length);
  padded.set(row);
  return padded;
}

/** The value of largest magnitude, with its sign. */
function extremeOf(values: Float32Array, start: number, end: number): number {
  let low = 0;
  let high = 0;
  for (let i = start; i < end; i++) {
    const value = values[i] as number;
    if (value > high) high = value;
    else if (value < low) low = value;
  }
  return high > -low ? high : low;
}

/** What a block's values are multiplied with: a block of zeros (or of values too small to divide by) has code zero. */
function factorOf(scale: number): number {
  return Number.isFinite(1 / scale) ? 1 / scale : 0;
}

// value · factor lies in [-zero, zero]: adding zero + 0.5 makes it positive, so that cutting rounds, and only
// the top can overflow, by one.
function pack4(values: Float32Array, scales: Float32Array, codes: Uint8Array): void {
  const blockSize = values.length / scales.length;
  for (let block = 0, i = 0; block < scales.length; block++) {
    const factor = factorOf(scales[block] as number);
    for (const end = i + blockSize; i < end; i += 2) {
      const first = ((values[i] as number) * factor + 8.5) | 0;
      const second = ((values[i + 1] as number) * factor + 8.5) | 0;
      codes[i >> 1] = (first > 15 ? 15 : first) | ((second > 15 ? 15 : second) << 4);
    }
  }
}

function pack8(values: Float32Array, scales: Float32Array, codes: Uint8Array): void {
  const blockSize = values.length / scales.length;
  for (let block = 0, i = 0; block < scales.length; block++) {
    const factor = factorOf(scales[block] as number);
    for (const end = i + blockSize; i < end; i++) {
      const code = ((values[i] as number) * factor + 128.5) | 0;
      codes[i] = code > 255 ? 255 : code;
    }
  }
}
