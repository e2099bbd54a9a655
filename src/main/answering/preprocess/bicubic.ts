/**
 * Pillow's bicubic resize of 8-bit pictures, to the bit.
 * Source: python-pillow/Pillow, `src/libImaging/Resample.c` (`precompute_coeffs`, `normalize_coeffs_8bpc`):
 * antialiased, a = -0.5. What is done with the weights is in `resample.ts`.
 */
import type { RgbImage } from '../../ports/rgbImage.ts';
import { PRECISION_BITS, resample, type Weights } from './resample.ts';

const SUPPORT = 2; // pixels on either side, at scale 1

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
  return resample(
    image,
    sliceWeights(weightsFor(image.width, width), part.left, part.width),
    sliceWeights(weightsFor(image.height, height), part.top, part.height),
  );
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
  const stride = 2 + Math.ceil(support) * 2 + 1;
  const values = new Int32Array(outSize * stride);
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
    values.set([first, count, ...raw.map((weight) => toFixedPoint(weight / (sum || 1)))], x * stride);
  }
  return { stride, values };
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

function sliceWeights({ stride, values }: Weights, from: number, size: number): Weights {
  return { stride, values: values.subarray(from * stride, (from + size) * stride) };
}
