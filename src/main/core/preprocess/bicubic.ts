/**
 * Pillow's bicubic resize of 8-bit pictures, to the bit.
 * Source: python-pillow/Pillow, `src/libImaging/Resample.c` (`precompute_coeffs`, `normalize_coeffs_8bpc`,
 * `ImagingResampleHorizontal_8bpc`, `ImagingResampleVertical_8bpc`): antialiased, a = -0.5, two passes with
 * fixed-point weights and bytes in between.
 */
import type { RgbImage } from '../ports/rgbImage.ts';

/** 32 bits less 8 for a byte less 2 for overshoot. */
const PRECISION_BITS = 32 - 8 - 2;
const HALF = 1 << (PRECISION_BITS - 1);
const SUPPORT = 2; // pixels on either side, at scale 1

/** Which input pixels make each output pixel, and with what weights. */
interface Weights {
  /** First input pixel of each output pixel. */
  first: Int32Array;
  /** Input pixels of each output pixel. */
  count: Int32Array;
  /** Places per output pixel in `values`. */
  stride: number;
  /** Fixed point, PRECISION_BITS after the point. */
  values: Int32Array;
}

/** The part of the output that is wanted, in output pixels. */
export interface Crop {
  left: number;
  top: number;
  width: number;
  height: number;
}

/**
 * Resizes to `width` x `height` as `Image.resize((width, height), BICUBIC)` does.
 * @param crop computes only this part of the result (equal to cropping afterwards)
 */
export function resizeBicubic(image: RgbImage, width: number, height: number, crop?: Crop): RgbImage {
  // Very tall pictures are made lower first, which rounds in another order (`PIL/Image.py`, `Image.resize`).
  const isTall = image.height > 100 * image.width && height < image.height;
  const source = isTall ? resizeBothWays(image, image.width, height) : image;
  return resizeBothWays(source, width, height, crop);
}

function resizeBothWays(image: RgbImage, width: number, height: number, crop?: Crop): RgbImage {
  const part = crop ?? { left: 0, top: 0, width, height };
  const columns = sliceWeights(weightsFor(image.width, width), part.left, part.width);
  const rows = sliceWeights(weightsFor(image.height, height), part.top, part.height);

  const firstRow = rows.first[0] ?? 0;
  const lastOutput = part.height - 1;
  const endRow = (rows.first[lastOutput] ?? 0) + (rows.count[lastOutput] ?? 0);

  const narrow = resizeColumns(image, columns, firstRow, endRow); // (endRow - firstRow, part.width, 3)
  return { width: part.width, height: part.height, data: resizeRows(narrow, rows, part.width * 3, firstRow) };
}

function resizeColumns(image: RgbImage, weights: Weights, firstRow: number, endRow: number): Uint8Array {
  const { first, count, stride, values } = weights;
  const { data, width } = image;
  const outWidth = first.length;
  const out = new Uint8Array((endRow - firstRow) * outWidth * 3);
  let at = 0;
  for (let y = firstRow; y < endRow; y++) {
    const row = y * width * 3;
    for (let x = 0; x < outWidth; x++) {
      let red = HALF;
      let green = HALF;
      let blue = HALF;
      let pixel = row + (first[x] as number) * 3;
      const end = x * stride + (count[x] as number);
      for (let k = x * stride; k < end; k++) {
        const weight = values[k] as number;
        red = (red + Math.imul(data[pixel] as number, weight)) | 0;
        green = (green + Math.imul(data[pixel + 1] as number, weight)) | 0;
        blue = (blue + Math.imul(data[pixel + 2] as number, weight)) | 0;
        pixel += 3;
      }
      out[at++] = toByte(red);
      out[at++] = toByte(green);
      out[at++] = toByte(blue);
    }
  }
  return out;
}

function resizeRows(source: Uint8Array, weights: Weights, rowBytes: number, firstRow: number): Uint8Array {
  const { first, count, stride, values } = weights;
  const outHeight = first.length;
  const out = new Uint8Array(outHeight * rowBytes);
  const sums = new Int32Array(rowBytes);
  for (let y = 0; y < outHeight; y++) {
    sums.fill(HALF);
    const top = (first[y] as number) - firstRow;
    const rows = count[y] as number;
    for (let k = 0; k < rows; k += 4) addFourRows(sums, source, (top + k) * rowBytes, values, y * stride + k, rows - k);
    for (let x = 0; x < rowBytes; x++) out[y * rowBytes + x] = toByte(sums[x] as number);
  }
  return out;
}

/** sums += up to four rows times their weights; four at once spare most of the reading and writing of the sums. */
function addFourRows(sums: Int32Array, source: Uint8Array, row: number, weights: Int32Array, w: number, rows: number) {
  const rowBytes = sums.length;
  const row1 = rows > 1 ? row + rowBytes : row;
  const row2 = rows > 2 ? row + 2 * rowBytes : row;
  const row3 = rows > 3 ? row + 3 * rowBytes : row;
  const w0 = weights[w] as number;
  const w1 = rows > 1 ? (weights[w + 1] as number) : 0;
  const w2 = rows > 2 ? (weights[w + 2] as number) : 0;
  const w3 = rows > 3 ? (weights[w + 3] as number) : 0;
  for (let x = 0; x < rowBytes; x++) {
    sums[x] =
      (sums[x] as number) +
      Math.imul(source[row + x] as number, w0) +
      Math.imul(source[row1 + x] as number, w1) +
      Math.imul(source[row2 + x] as number, w2) +
      Math.imul(source[row3 + x] as number, w3);
  }
}

function toByte(fixedPoint: number): number {
  return Math.min(Math.max(fixedPoint >> PRECISION_BITS, 0), 255);
}

const knownWeights = new Map<string, Weights>();

/** Weights of one axis; the last few are kept, since a clip's frames all have one size. */
function weightsFor(inSize: number, outSize: number): Weights {
  const key = `${inSize}>${outSize}`;
  const known = knownWeights.get(key);
  if (known !== undefined) return known;
  const computed = computeWeights(inSize, outSize);
  if (knownWeights.size >= 16) knownWeights.clear();
  knownWeights.set(key, computed);
  return computed;
}

function computeWeights(inSize: number, outSize: number): Weights {
  const scale = inSize / outSize;
  const filterScale = Math.max(scale, 1); // wider than one pixel only when shrinking: the antialiasing
  const support = SUPPORT * filterScale;
  const stride = Math.ceil(support) * 2 + 1;
  const weights: Weights = {
    first: new Int32Array(outSize),
    count: new Int32Array(outSize),
    stride,
    values: new Int32Array(outSize * stride),
  };
  for (let x = 0; x < outSize; x++) {
    const center = (x + 0.5) * scale;
    const first = Math.max(Math.trunc(center - support + 0.5), 0);
    const count = Math.min(Math.trunc(center + support + 0.5), inSize) - first;
    const raw = new Float64Array(count);
    let sum = 0;
    for (let k = 0; k < count; k++) {
      const weight = bicubic((k + first - center + 0.5) * (1 / filterScale));
      raw[k] = weight;
      sum += weight;
    }
    weights.first[x] = first;
    weights.count[x] = count;
    for (let k = 0; k < count; k++) weights.values[x * stride + k] = toFixedPoint((raw[k] as number) / (sum || 1));
  }
  return weights;
}

function bicubic(distance: number): number {
  const a = -0.5;
  const x = Math.abs(distance);
  if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
  if (x < 2) return (((x - 5) * x + 8) * x - 4) * a;
  return 0;
}

function toFixedPoint(weight: number): number {
  return Math.trunc((weight < 0 ? -0.5 : 0.5) + weight * (1 << PRECISION_BITS));
}

function sliceWeights(weights: Weights, from: number, size: number): Weights {
  return {
    first: weights.first.subarray(from, from + size),
    count: weights.count.subarray(from, from + size),
    stride: weights.stride,
    values: weights.values.subarray(from * weights.stride, (from + size) * weights.stride),
  };
}
