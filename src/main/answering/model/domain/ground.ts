/** What lies around a picture's figures: in a world of figures on a ground, an even or evenly shaded, muted surface. */
import type { Patch, Picture } from './picture.ts';

/** One channel of an evenly shaded surface: its value in the middle of the picture, and its change from edge to edge. */
interface Slope {
  middle: number;
  across: number;
  down: number;
}

/** Red, green and blue. */
export type Shading = readonly [Slope, Slope, Slope];

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
/** Around the middling colour first, then around each fit. */
const NARROWING = [72, 48, NEAR, NEAR];

/** Of the surface that most of the picture shows, whatever stands on it. */
export function fitGround(picture: Picture): Shading {
  let shading = middlingColour(picture);
  for (const near of NARROWING) {
    shading = fitShading(picture, (at) => distanceFromGround(picture, shading, at) < near);
  }
  return shading;
}

/** The largest over the channels, of 255. */
export function distanceFromGround(picture: Picture, shading: Shading, at: number): number {
  const { x, y } = placeOf(picture, at);
  let largest = 0;
  for (let c = 0; c < 3; c++) {
    largest = Math.max(largest, Math.abs((picture.data[at * 3 + c] as number) - valueAt(shading[c as 0], x, y)));
  }
  return largest;
}

/** Red, green and blue of the ground where a pixel is. */
export function groundAt(picture: Picture, shading: Shading, at: number): number[] {
  const { x, y } = placeOf(picture, at);
  return shading.map((slope) => valueAt(slope, x, y));
}

/** @param figures and their shadows */
export function describeGround(picture: Picture, shading: Shading, figures: readonly Patch[]): Ground {
  const isCovered = coveredBy(figures, picture);
  let outside = 0;
  let near = 0;
  let squares = 0;
  for (let at = 0; at < isCovered.length; at++) {
    if (isCovered[at]) continue;
    outside += 1;
    const distance = distanceFromGround(picture, shading, at);
    if (distance >= NEAR) continue;
    near += 1;
    squares += distance ** 2;
  }
  const means = shading.map(({ middle }) => middle);
  return {
    leftOver: (outside - near) / isCovered.length,
    roughness: Math.sqrt(squares / Math.max(1, near)),
    chroma: Math.max(...means) - Math.min(...means),
    lightness: means.reduce((sum, value) => sum + value, 0) / means.length,
  };
}

/** 1 for the pixels of the figures and their soft edges. */
function coveredBy(figures: readonly Patch[], { width, height }: Picture): Uint8Array {
  const isCovered = new Uint8Array(width * height);
  for (const { pixels } of figures) {
    for (const at of pixels) {
      const x = at % width;
      const y = (at - x) / width;
      for (let ny = Math.max(0, y - EDGE); ny <= Math.min(height - 1, y + EDGE); ny++) {
        isCovered.fill(1, ny * width + Math.max(0, x - EDGE), ny * width + Math.min(width, x + EDGE + 1));
      }
    }
  }
  return isCovered;
}

/** The median of each channel, everywhere. */
function middlingColour({ data }: Picture): Shading {
  const median = (c: number) => data.filter((_, i) => i % 3 === c).toSorted()[Math.floor(data.length / 6)] ?? 0;
  const even = (c: number): Slope => ({ middle: median(c), across: 0, down: 0 });
  return [even(0), even(1), even(2)];
}

/** A plane through each channel of the pixels that count, by least squares. */
function fitShading(picture: Picture, counts: (at: number) => boolean): Shading {
  const { data, width, height } = picture;
  // Sums of 1, x, y, xx, xy, yy and, of each channel, v, xv, yv.
  const s = { n: 0, x: 0, y: 0, xx: 0, xy: 0, yy: 0 };
  const v = [0, 1, 2].map(() => ({ v: 0, xv: 0, yv: 0 }));
  for (let at = 0; at < width * height; at++) {
    if (!counts(at)) continue;
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
  const slopes = v.map((sums): Slope => {
    const [cxv, cyv] = [sums.xv - (s.x * sums.v) / n, sums.yv - (s.y * sums.v) / n];
    const across = determinant > 1e-9 ? (cxv * cyy - cyv * cxy) / determinant : 0;
    const down = determinant > 1e-9 ? (cyv * cxx - cxv * cxy) / determinant : 0;
    return { across, down, middle: (sums.v - across * s.x - down * s.y) / n };
  });
  return slopes as unknown as Shading;
}

function valueAt({ middle, across, down }: Slope, x: number, y: number): number {
  return middle + across * x + down * y;
}

/** From -0.5 to 0.5 each. */
function placeOf({ width, height }: Picture, at: number): { x: number; y: number } {
  const column = at % width;
  return { x: (column + 0.5) / width - 0.5, y: ((at - column) / width + 0.5) / height - 0.5 };
}
