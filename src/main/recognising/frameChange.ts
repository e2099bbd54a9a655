/** Tells whether two frames show the same, so that a still picture is read once. */
import type { RgbImage } from '../ports/rgbImage.ts';

const columns = 64;
const rows = 36;
/** Mean brightness (0 to 255) of a cell may change by this much through video noise alone. */
const noise = 5;

/** The mean brightness of 64 × 36 cells of a picture. */
export function brightnessGrid({ width, height, data }: RgbImage): Float32Array {
  const sums = new Float32Array(columns * rows);
  const counts = new Uint32Array(columns * rows);
  for (let y = 0; y < height; y++) {
    const row = Math.floor((y * rows) / height) * columns;
    for (let x = 0; x < width; x++) {
      const cell = row + Math.floor((x * columns) / width);
      const i = (y * width + x) * 3;
      sums[cell] =
        (sums[cell] as number) + ((data[i] as number) + (data[i + 1] as number) + (data[i + 2] as number)) / 3;
      counts[cell] = (counts[cell] as number) + 1;
    }
  }
  return sums.map((sum, cell) => sum / Math.max(1, counts[cell] as number));
}

/** True when no cell differs by more than noise. The largest change counts, not the mean: a subtitle is small. */
export function showsTheSame(a: Float32Array, b: Float32Array): boolean {
  return a.length === b.length && a.every((value, cell) => Math.abs(value - (b[cell] as number)) <= noise);
}
