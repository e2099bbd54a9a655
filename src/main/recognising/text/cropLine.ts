/** Cuts one line of text out of a picture, upright and at the recogniser's height. */
import type { RgbImage } from '../../ports/rgbImage.ts';
import type { RotatedRect } from './rotatedRect.ts';

/** The recogniser's input height in pixels. */
export const lineHeight = 48;
const maxLineWidth = 48 * 50;
/** Taller than this many times its width, a box is text turned by a quarter. */
const turnedRatio = 1.5;

/** True for text that runs upwards or downwards. */
export function standsOnEnd(rect: RotatedRect): boolean {
  return rect.height >= rect.width * turnedRatio;
}

/** The ways in which a box may be read: as it lies, or, when it stands on end, upwards and downwards. */
export function readingDirections(rect: RotatedRect): RotatedRect[] {
  if (!standsOnEnd(rect)) return [rect];
  const onItsSide = { ...rect, width: rect.height, height: rect.width };
  return [-Math.PI / 2, Math.PI / 2].map((turn) => ({ ...onItsSide, angle: rect.angle + turn }));
}

/** The box's content as a picture of 48 pixels height; its width follows the box's own proportions. */
export function cropLine(image: RgbImage, rect: RotatedRect): RgbImage {
  const width = clamp(Math.round((lineHeight * rect.width) / Math.max(1, rect.height)), 8, maxLineWidth);
  const data = new Uint8Array(lineHeight * width * 3);
  // One step in the crop, as a vector in the picture, along and across the line.
  const along = polar(rect.width / width, rect.angle);
  const across = polar(rect.height / lineHeight, rect.angle + Math.PI / 2);
  const left = rect.centre.x - (along.x * width + across.x * lineHeight) / 2;
  const top = rect.centre.y - (along.y * width + across.y * lineHeight) / 2;
  // Large text shrinks: average as many samples per pixel as source pixels fall into it.
  const samples = clamp(Math.round(rect.height / lineHeight), 1, 8);
  for (let row = 0; row < lineHeight; row++) {
    for (let column = 0; column < width; column++) {
      const sum = [0, 0, 0] as [number, number, number];
      for (let sample = 0; sample < samples * samples; sample++) {
        const u = column + ((sample % samples) + 0.5) / samples;
        const v = row + (Math.floor(sample / samples) + 0.5) / samples;
        addBilinear(sum, image, left + along.x * u + across.x * v, top + along.y * u + across.y * v);
      }
      const target = (row * width + column) * 3;
      for (let channel = 0; channel < 3; channel++) {
        data[target + channel] = Math.round((sum[channel] as number) / (samples * samples));
      }
    }
  }
  return { width, height: lineHeight, data };
}

/** Adds the colour at (x, y), where (0.5, 0.5) is the middle of the first pixel; the edge repeats outside. */
function addBilinear(sum: [number, number, number], { width, height, data }: RgbImage, x: number, y: number): void {
  const fx = clamp(x - 0.5, 0, width - 1);
  const fy = clamp(y - 0.5, 0, height - 1);
  const x0 = Math.floor(fx);
  const y0 = Math.floor(fy);
  const right = x0 + 1 < width ? 3 : 0;
  const below = y0 + 1 < height ? width * 3 : 0;
  const wx = fx - x0;
  const wy = fy - y0;
  const at = (y0 * width + x0) * 3;
  for (let channel = 0; channel < 3; channel++) {
    const i = at + channel;
    const upper = (data[i] as number) * (1 - wx) + (data[i + right] as number) * wx;
    const lower = (data[i + below] as number) * (1 - wx) + (data[i + below + right] as number) * wx;
    sum[channel] = (sum[channel] as number) + upper * (1 - wy) + lower * wy;
  }
}

function polar(length: number, angle: number): { x: number; y: number } {
  return { x: Math.cos(angle) * length, y: Math.sin(angle) * length };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
