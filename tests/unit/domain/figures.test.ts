import { describe, expect, it } from 'vitest';
import { randomSource } from '../../../src/main/answering/generate/randomSource.ts';
import { describeFigures } from '../../../src/main/answering/model/domain/describeFigure.ts';
import { findFigures } from '../../../src/main/answering/model/domain/figures.ts';
import { followFigures } from '../../../src/main/answering/model/domain/followFigures.ts';
import { describeGround, fitGround } from '../../../src/main/answering/model/domain/ground.ts';
import type { RgbImage } from '../../../src/main/ports/rgbImage.ts';

const SIZE = 96;
type Paint = (x: number, y: number) => readonly [number, number, number];

function picture(paint: Paint): RgbImage {
  const data = new Uint8Array(SIZE * SIZE * 3);
  for (let y = 0; y < SIZE; y++) for (let x = 0; x < SIZE; x++) data.set(paint(x, y), (y * SIZE + x) * 3);
  return { width: SIZE, height: SIZE, data };
}

const found = (seen: RgbImage) => findFigures(seen, fitGround(seen)).figures;
const countFigures = (seen: RgbImage) => found(seen).length;
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

  it('are one where a coarse picture breaks them into pieces, and none where they are only shadows', () => {
    const broken: Paint = (x, y) => (isIn(x, y, 48, 48, 12) && x !== 48 ? [220, 30, 30] : grey);
    expect(countFigures(picture(broken))).toBe(1);
    const shadow: Paint = (x, y) => (isIn(x, y, 48, 48, 12) ? [82, 82, 82] : [124, 124, 124]);
    expect(countFigures(picture(shadow))).toBe(0);
  });

  it('are neither noise nor thin strokes', () => {
    const random = randomSource(1);
    expect(countFigures(picture(() => [255 * random(), 255 * random(), 255 * random()]))).toBe(0);
    expect(
      countFigures(picture((x, y) => (y % 12 < 2 && x % 5 < 4 && x > 9 && x < 86 ? [0, 0, 0] : [255, 255, 255]))),
    ).toBe(0);
  });
});

const red = [220, 30, 30] as const;
const described = (paint: Paint) => {
  const seen = picture(paint);
  return describeFigures(found(seen), seen, fitGround(seen));
};

describe('a figure described', () => {
  const outline = (isInside: (x: number, y: number) => boolean) =>
    described((x, y) => (isInside(x, y) ? red : grey))[0]?.outline ?? new Float32Array();
  const distance = (a: Float32Array, b: Float32Array) =>
    Math.hypot(...a.subarray(0, -1).map((value, i) => value - (b[i] ?? Number.NaN))); // size apart
  /** @param radius of the circle within it */
  const polygon = (corners: number, radius: number, turn: number) => (x: number, y: number) => {
    const angle = Math.atan2(y - 48, x - 48) + turn;
    const step = (2 * Math.PI) / corners;
    const side = ((angle % step) + step) % step;
    return Math.hypot(x - 48, y - 48) * Math.cos(side - step / 2) < radius;
  };

  it('is the same however it is turned, and another for another number of corners', () => {
    const square = outline(polygon(4, 16, 0));
    expect(distance(square, outline(polygon(4, 16, 0.6)))).toBeLessThan(0.08);
    for (const corners of [3, 5, 6, 8]) {
      expect(distance(square, outline(polygon(corners, 16, 0.3))), String(corners)).toBeGreaterThan(0.1);
    }
    const ring = outline((x, y) => isIn(x, y, 48, 48, 18) && !isIn(x, y, 48, 48, 9));
    expect(distance(square, ring)).toBeGreaterThan(0.3);
  });

  it('shows what it encloses, and a line of a third colour around it', () => {
    const disc = (x: number, y: number) => isIn(x, y, 48, 48, 20);
    const isEye = (x: number, y: number) => isIn(x, y, 41, 44, 4) || isIn(x, y, 55, 44, 4);
    const plain = outline(disc);
    expect(
      distance(
        plain,
        outline((x, y) => disc(x, y) && !isEye(x, y)),
      ),
    ).toBeGreaterThan(0.05);
    const lined = described((x, y) => (disc(x, y) ? red : isIn(x, y, 48, 48, 22) ? [10, 10, 10] : grey));
    expect(distance(plain, lined[0]?.outline ?? plain)).toBeGreaterThan(0.5);
  });

  it('has the colour of its inside, and shows whether that is even', () => {
    const shaded: Paint = (x, y) => (isIn(x, y, 48, 48, 20) ? [100 + 3 * (x - 28), 30, 30] : grey);
    const colourOf = (paint: Paint) => [...(described(paint)[0]?.colour ?? [])];
    const even = colourOf((x, y) => (isIn(x, y, 48, 48, 20) ? red : grey));
    expect(even.slice(0, 3).map((value) => Math.round(value * 255))).toEqual([...red]);
    expect(even.at(-1)).toBeLessThan(0.01);
    expect(colourOf(shaded).at(-1)).toBeGreaterThan(0.05);
  });
});

describe('a figure over the frames of a clip', () => {
  const blue = [30, 60, 220] as const;
  /** A blue disc that passes beside a red one. */
  const frameAt = (x: number) =>
    described((px, py) => (isIn(px, py, 48, 48, 12) ? red : isIn(px, py, x, 48, 8) ? blue : grey));

  it('is followed by its colour; its outline is taken from where nothing touches it', () => {
    const followed = followFigures([16, 22, 30, 36, 80].map(frameAt));
    expect(followed).toHaveLength(2);
    expect(followed.map(({ colours }) => colours.length)).toEqual([5, 5]);
    expect(followed.map(({ outlines }) => outlines.length)).toEqual([3, 3]);
  });

  it('that is touched in every frame is judged as it is seen', () => {
    expect(followFigures([30, 32].map(frameAt)).map(({ outlines }) => outlines.length)).toEqual([2, 2]);
  });
});

describe('the ground around figures', () => {
  const ground = (paint: Paint) => {
    const seen = picture(paint);
    return describeGround(seen, fitGround(seen), found(seen));
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
