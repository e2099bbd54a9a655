import { describe, expect, it } from 'vitest';
import { randomSource } from '../../../src/main/answering/generate/randomSource.ts';
import { describeFigure } from '../../../src/main/answering/model/domain/describeFigure.ts';
import { findFigures } from '../../../src/main/answering/model/domain/figures.ts';
import { describeGround } from '../../../src/main/answering/model/domain/ground.ts';
import type { RgbImage } from '../../../src/main/ports/rgbImage.ts';

const SIZE = 96;
type Paint = (x: number, y: number) => readonly [number, number, number];

function picture(paint: Paint): RgbImage {
  const data = new Uint8Array(SIZE * SIZE * 3);
  for (let y = 0; y < SIZE; y++) for (let x = 0; x < SIZE; x++) data.set(paint(x, y), (y * SIZE + x) * 3);
  return { width: SIZE, height: SIZE, data };
}

const countFigures = (seen: RgbImage) => findFigures(seen).length;
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

describe('a figure described', () => {
  const red = [220, 30, 30] as const;
  const described = (paint: Paint) => {
    const seen = picture(paint);
    const [figure] = findFigures(seen);
    return figure ? [...describeFigure(figure, seen)] : [];
  };
  const distance = (a: number[], b: number[]) => Math.hypot(...a.map((value, i) => value - (b[i] ?? Number.NaN)));
  const squareAt = (cx: number, cy: number, turn: number): Paint => {
    const [c, s] = [Math.cos(turn), Math.sin(turn)];
    return (x, y) => {
      const [dx, dy] = [x - cx, y - cy];
      return Math.max(Math.abs(c * dx + s * dy), Math.abs(c * dy - s * dx)) < 14 ? red : grey;
    };
  };
  const ring: Paint = (x, y) => (isIn(x, y, 48, 48, 18) && !isIn(x, y, 48, 48, 9) ? red : grey);

  it('is the same wherever it lies and however it is turned, and another for another outline', () => {
    const square = described(squareAt(40, 40, 0));
    expect(distance(square, described(squareAt(55, 50, 0.6)))).toBeLessThan(0.15);
    expect(distance(square, described(ring))).toBeGreaterThan(0.5);
  });

  it('shows what is drawn within its outline', () => {
    const shaded: Paint = (x, y) => (isIn(x, y, 48, 48, 20) ? [100 + 3 * (x - 28), 30, 30] : grey);
    const unevenness = (paint: Paint) => described(paint).at(-1) ?? 0;
    expect(unevenness((x, y) => (isIn(x, y, 48, 48, 20) ? red : grey))).toBeLessThan(0.01);
    expect(unevenness(shaded)).toBeGreaterThan(0.05);
  });
});

describe('the ground around figures', () => {
  const ground = (paint: Paint) => {
    const seen = picture(paint);
    return describeGround(seen, findFigures(seen));
  };
  const figure = (x: number, y: number) => isIn(x, y, 48, 48, 12);

  it('of a shaded ground with a figure leaves nothing over', () => {
    const found = ground((x, y) => (figure(x, y) ? [220, 30, 30] : [60 + x, 60 + x, 60 + y]));
    expect(found.leftOver).toBeLessThan(0.01);
    expect(found.lightness).toBeCloseTo(108, -1);
  });

  it('leaves over what is neither figure nor ground: words, stripes, things that touch the edge', () => {
    const striped = ground((x, y) => (figure(x, y) ? [220, 30, 30] : y % 8 < 3 ? [250, 250, 250] : grey));
    expect(striped.leftOver).toBeGreaterThan(0.2);
    expect(ground((x) => (x < 30 ? [20, 20, 200] : grey)).leftOver).toBeGreaterThan(0.2);
  });

  it('is told by how vivid it is', () => {
    expect(ground(() => grey).chroma).toBeLessThan(1);
    expect(ground(() => [20, 20, 220]).chroma).toBeGreaterThan(150);
  });
});
