import { describe, expect, it } from 'vitest';
import { randomSource } from '../../../src/main/core/generate/randomSource.ts';
import { countFigures } from '../../../src/main/core/model/domain/figures.ts';
import type { RgbImage } from '../../../src/main/core/ports/rgbImage.ts';

const SIZE = 96;
type Paint = (x: number, y: number) => readonly [number, number, number];

function picture(paint: Paint): RgbImage {
  const data = new Uint8Array(SIZE * SIZE * 3);
  for (let y = 0; y < SIZE; y++) for (let x = 0; x < SIZE; x++) data.set(paint(x, y), (y * SIZE + x) * 3);
  return { width: SIZE, height: SIZE, data };
}

const grey = [120, 120, 120] as const;
const isIn = (x: number, y: number, cx: number, cy: number, r: number) => Math.hypot(x - cx, y - cy) < r;

describe('figures', () => {
  it('are patches of one colour that stand out and touch no edge', () => {
    expect(countFigures(picture((x, y) => (isIn(x, y, 30, 40, 9) ? [220, 30, 30] : grey)))).toBe(1);
    const two: Paint = (x, y) => (isIn(x, y, 30, 40, 9) ? [220, 30, 30] : isIn(x, y, 70, 60, 8) ? [10, 10, 10] : grey);
    expect(countFigures(picture(two))).toBe(2);
    expect(countFigures(picture((x, y) => (isIn(x, y, 0, 40, 9) ? [220, 30, 30] : grey)))).toBe(0);
  });

  it('are there on a shaded ground, and not where nothing stands out', () => {
    expect(countFigures(picture((x, y) => (isIn(x, y, 40, 40, 9) ? [240, 240, 240] : [60 + x, 60 + x, 60 + y])))).toBe(
      1,
    );
    expect(countFigures(picture((x, y) => [60 + x, 60 + x, 60 + y]))).toBe(0);
    expect(countFigures(picture(() => grey))).toBe(0);
    expect(countFigures(picture((x, y) => (isIn(x, y, 40, 40, 9) ? [140, 120, 120] : grey)))).toBe(0);
  });

  it('are neither noise nor thin strokes', () => {
    const random = randomSource(1);
    expect(countFigures(picture(() => [255 * random(), 255 * random(), 255 * random()]))).toBe(0);
    expect(
      countFigures(picture((x, y) => (y % 12 < 2 && x % 5 < 4 && x > 9 && x < 86 ? [0, 0, 0] : [255, 255, 255]))),
    ).toBe(0);
  });
});
