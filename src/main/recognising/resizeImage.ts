/** Scaling of pictures to a model's input size. */
import type { RgbImage } from '../ports/rgbImage.ts';

/**
 * The picture at another size. Every target pixel is the mean of the source area under it when the picture shrinks,
 * and bilinear between source pixels when it grows.
 */
export function resizeImage(image: RgbImage, width: number, height: number): RgbImage {
  if (image.width === width && image.height === height) return image;
  const columns = axisWeights(image.width, width);
  const rows = axisWeights(image.height, height);
  const narrowed = new Float32Array(image.height * width * 3);
  for (let y = 0; y < image.height; y++) {
    for (let x = 0; x < width; x++) {
      const { first, weights } = columns[x] as AxisWeights;
      for (let channel = 0; channel < 3; channel++) {
        let sum = 0;
        for (let i = 0; i < weights.length; i++) {
          sum += (weights[i] as number) * (image.data[(y * image.width + first + i) * 3 + channel] as number);
        }
        narrowed[(y * width + x) * 3 + channel] = sum;
      }
    }
  }
  const data = new Uint8Array(height * width * 3);
  const rowLength = width * 3;
  for (let y = 0; y < height; y++) {
    const { first, weights } = rows[y] as AxisWeights;
    for (let x = 0; x < rowLength; x++) {
      let sum = 0;
      for (let i = 0; i < weights.length; i++) {
        sum += (weights[i] as number) * (narrowed[(first + i) * rowLength + x] as number);
      }
      data[y * rowLength + x] = Math.round(sum);
    }
  }
  return { width, height, data };
}

/** Which source pixels make one target pixel, and how much of each. */
interface AxisWeights {
  first: number;
  weights: number[];
}

/** A triangle filter as wide as one target pixel, but never narrower than one source pixel. */
function axisWeights(sourceLength: number, targetLength: number): AxisWeights[] {
  const scale = sourceLength / targetLength;
  const reach = Math.max(1, scale);
  return Array.from({ length: targetLength }, (_, target) => {
    const centre = (target + 0.5) * scale - 0.5;
    const first = Math.max(0, Math.ceil(centre - reach));
    const last = Math.min(sourceLength - 1, Math.floor(centre + reach));
    const raw = Array.from({ length: last - first + 1 }, (_, i) =>
      Math.max(0, 1 - Math.abs(first + i - centre) / reach),
    );
    const total = raw.reduce((sum, weight) => sum + weight, 0);
    return { first, weights: raw.map((weight) => weight / total) };
  });
}
