/** What lies around a picture's figures: in a world of figures on a ground, an even or evenly shaded, muted surface. */
import type { Patch, Picture } from './figures.ts';

export interface Ground {
  /** Pixels that are neither figure nor ground, 0 to 1: what a drawing of other things is full of. */
  leftOver: number;
  /** Standard deviation around the shading, of 255: grain and a pattern. */
  roughness: number;
  /** Between its strongest and its weakest channel, of 255: a vivid ground has much. */
  chroma: number;
  /** Mean of the channels, of 255. */
  lightness: number;
}

/** Pixels around a figure that belong to its soft edge. */
const EDGE = 2;
/** A pixel of the ground lies so near to its shading, of 255. */
const NEAR = 32;
/** Fits, each without what lay far from the one before. */
const ROUNDS = 3;

export function describeGround(picture: Picture, figures: readonly Patch[]): Ground {
  const outside = pixelsOutside(picture, figures);
  let shading = fitShading(picture, outside);
  for (let round = 1; round < ROUNDS; round++) {
    shading = fitShading(
      picture,
      outside.filter((at) => distance(picture, shading, at) < NEAR),
    );
  }
  const ground = outside.filter((at) => distance(picture, shading, at) < NEAR);
  const squares = ground.reduce((sum, at) => sum + distance(picture, shading, at) ** 2, 0);
  const means = shading.map(({ middle }) => middle);
  return {
    leftOver: (outside.length - ground.length) / (picture.width * picture.height),
    roughness: Math.sqrt(squares / Math.max(1, ground.length)),
    chroma: Math.max(...means) - Math.min(...means),
    lightness: means.reduce((sum, value) => sum + value, 0) / means.length,
  };
}

function pixelsOutside({ width, height }: Picture, figures: readonly Patch[]): number[] {
  const isFigure = new Uint8Array(width * height);
  for (const { pixels } of figures) {
    for (const at of pixels) {
      const x = at % width;
      const y = (at - x) / width;
      for (let ny = Math.max(0, y - EDGE); ny <= Math.min(height - 1, y + EDGE); ny++) {
        isFigure.fill(1, ny * width + Math.max(0, x - EDGE), ny * width + Math.min(width, x + EDGE + 1));
      }
    }
  }
  return Array.from(isFigure.keys()).filter((at) => isFigure[at] === 0);
}

/** One channel: its value in the middle of the picture, and how it changes from edge to edge. */
interface Slope {
  middle: number;
  across: number;
  down: number;
}

/** A plane through each channel, by least squares. */
function fitShading(picture: Picture, pixels: readonly number[]): Slope[] {
  const { data } = picture;
  // Sums of 1, x, y, xx, xy, yy and, of each channel, v, xv, yv.
  const s = { n: 0, x: 0, y: 0, xx: 0, xy: 0, yy: 0 };
  const v = [0, 1, 2].map(() => ({ v: 0, xv: 0, yv: 0 }));
  for (const at of pixels) {
    const { x, y } = placeOf(picture, at);
    s.n += 1;
    s.x += x;
    s.y += y;
    s.xx += x * x;
    s.xy += x * y;
    s.yy += y * y;
    for (const [c, sums] of v.entries()) {
      const value = data[at * 3 + c] as number;
      sums.v += value;
      sums.xv += x * value;
      sums.yv += y * value;
    }
  }
  const n = Math.max(1, s.n);
  const [cxx, cxy, cyy] = [s.xx - (s.x * s.x) / n, s.xy - (s.x * s.y) / n, s.yy - (s.y * s.y) / n];
  const determinant = cxx * cyy - cxy * cxy;
  return v.map((sums) => {
    const [cxv, cyv] = [sums.xv - (s.x * sums.v) / n, sums.yv - (s.y * sums.v) / n];
    const across = determinant > 1e-9 ? (cxv * cyy - cyv * cxy) / determinant : 0;
    const down = determinant > 1e-9 ? (cyv * cxx - cxv * cxy) / determinant : 0;
    return { across, down, middle: (sums.v - across * s.x - down * s.y) / n };
  });
}

/** The largest over the channels, of 255. */
function distance(picture: Picture, shading: readonly Slope[], at: number): number {
  const { x, y } = placeOf(picture, at);
  let largest = 0;
  for (const [c, { middle, across, down }] of shading.entries()) {
    const expected = middle + across * x + down * y;
    largest = Math.max(largest, Math.abs((picture.data[at * 3 + c] as number) - expected));
  }
  return largest;
}

/** From -0.5 to 0.5 each. */
function placeOf({ width, height }: Picture, at: number): { x: number; y: number } {
  const column = at % width;
  return { x: (column + 0.5) / width - 0.5, y: ((at - column) / width + 0.5) / height - 0.5 };
}
