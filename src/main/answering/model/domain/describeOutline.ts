/** The outline of a figure as numbers, wherever it lies, however it is turned and whatever its colour. */
import { connectedRegions } from '../connectedRegions.ts';
import { groundAt, type Shading } from './ground.ts';
import type { Groups } from './kinds.ts';
import type { Patch, Picture } from './picture.ts';

/** A figure among the others of its picture. */
export interface Surroundings {
  picture: Picture;
  shading: Shading;
  /** Of each pixel the number of the figure that it belongs to, or -1. */
  owners: Int16Array;
}

/** How strongly a figure reaches out is weighed by these powers of the distance from its middle. */
const POWERS = [1, 3];
/** How often a figure looks the same in one turn: a triangle three times, a star five. 0 is the mean over all directions. */
const TURNS = 14;
/** Reaching out to a higher power: the tips. */
const TIPS = 6;
/** Pixels around a figure over which its edge may be spread. */
const EDGE = 2;
/** A smaller share of the figure's colour is the grain of the ground. */
const LEAST_SHARE = 0.05;
/** What a figure's shadow leaves of the light. */
const SHADES = [0.85, 0.7];
/** What lies within a figure is of another colour from here on, of 255. */
const OTHER_COLOUR = 40;

/** By direction, with each of the powers; tips; how soft the edge is for its length; a third colour; what is enclosed; size. */
export const outlineGroups: Groups = [...POWERS.map(() => TURNS + 1), 1, 1, 1, 1, 1];
export const outlineDimensions = outlineGroups.reduce((sum, size) => sum + size);

/** A pixel and how much of it the figure covers, 0 to 1. */
interface Covered {
  x: number;
  y: number;
  share: number;
  /** How far its colour is from any mixture of the figure's and the ground's, of 1: an outline of a third colour. */
  off: number;
}

/**
 * @param figure number `own` among the owners
 * @param colour of its inner pixels
 * @returns (outlineDimensions)
 */
export function describeOutline(
  figure: Patch,
  own: number,
  colour: readonly number[],
  surroundings: Surroundings,
): Float32Array {
  const { width, height } = surroundings.picture;
  const covered = coverage(figure, own, colour, surroundings);
  const area = sumOf(covered, ({ share }) => share);
  const middle = {
    x: sumOf(covered, (at) => at.share * at.x) / area,
    y: sumOf(covered, (at) => at.share * at.y) / area,
  };
  const unit = Math.sqrt(area / Math.PI); // the radius of a disc of the same area
  const polar = covered.map(({ x, y, share }) => ({
    share: share / area,
    distance: Math.hypot(x - middle.x, y - middle.y) / unit,
    angle: Math.atan2(y - middle.y, x - middle.x),
  }));
  return Float32Array.from([
    ...POWERS.flatMap((power) => byDirection(polar, power)),
    sumOf(polar, ({ share, distance }) => share * distance ** TIPS),
    sumOf(covered, ({ share }) => share * (1 - share)) / unit,
    sumOf(covered, ({ off }) => off) / unit,
    enclosed(figure, colour, surroundings.picture) / area,
    Math.log(unit / Math.min(width, height)),
  ]);
}

/** Pixels at the edge are part figure, part ground: between the two colours, and so the outline is finer than pixels. */
function coverage(
  { left, right, top, bottom, pixels }: Patch,
  own: number,
  colour: readonly number[],
  { picture, shading, owners }: Surroundings,
): Covered[] {
  const { width, height } = picture;
  const isNear = widened(pixels, picture);
  const covered: Covered[] = [];
  for (let y = Math.max(0, top - EDGE); y <= Math.min(height - 1, bottom + EDGE); y++) {
    for (let x = Math.max(0, left - EDGE); x <= Math.min(width - 1, right + EDGE); x++) {
      const at = y * width + x;
      const owner = owners[at] as number;
      if (!isNear[at] || (owner !== own && owner !== -1)) continue;
      const ground = groundAt(picture, shading, at);
      const seen = picture.data.subarray(at * 3, at * 3 + 3);
      const { share, off } = mixture(seen, ground, colour);
      const darker = SHADES.map((light) => mixture(seen, dimmed(ground, light), colour).off);
      covered.push({ x, y, share: share > LEAST_SHARE ? share : 0, off: owner === own ? 0 : Math.min(off, ...darker) });
    }
  }
  return covered;
}

/** 1 for the pixels of a figure and those around it over which its edge may be spread. */
function widened(pixels: readonly number[], { width, height }: Picture): Uint8Array {
  const isNear = new Uint8Array(width * height);
  for (const at of pixels) {
    const x = at % width;
    const y = (at - x) / width;
    for (let ny = Math.max(0, y - EDGE); ny <= Math.min(height - 1, y + EDGE); ny++) {
      isNear.fill(1, ny * width + Math.max(0, x - EDGE), ny * width + Math.min(width, x + EDGE + 1));
    }
  }
  return isNear;
}

/** How much of the figure's colour a pixel has, and how far it is from any mixture of the two, of 1. */
function mixture(
  seen: ArrayLike<number>,
  ground: readonly number[],
  colour: readonly number[],
): { share: number; off: number } {
  let along = 0;
  let whole = 1e-6;
  for (let c = 0; c < 3; c++) {
    const step = (colour[c] as number) - (ground[c] as number);
    along += ((seen[c] as number) - (ground[c] as number)) * step;
    whole += step ** 2;
  }
  const share = Math.max(0, Math.min(1, along / whole));
  const off = [0, 1, 2].map((c) => {
    const mixed = (ground[c] as number) + share * ((colour[c] as number) - (ground[c] as number));
    return (seen[c] as number) - mixed;
  });
  return { share, off: Math.hypot(...off) / 255 };
}

function dimmed(ground: readonly number[], light: number): number[] {
  return ground.map((value) => value * light);
}

interface Polar {
  /** Of the figure's area. */
  share: number;
  /** In units of the radius of a disc of the same area. */
  distance: number;
  angle: number;
}

/** How strongly the figure gathers in 0, 1, … TURNS directions, each at least 0. */
function byDirection(polar: readonly Polar[], power: number): number[] {
  const along = new Float64Array(TURNS + 1);
  const across = new Float64Array(TURNS + 1);
  for (const { share, distance, angle } of polar) {
    const weight = share * distance ** power;
    for (let turns = 0; turns <= TURNS; turns++) {
      along[turns] = (along[turns] as number) + weight * Math.cos(turns * angle);
      across[turns] = (across[turns] as number) + weight * Math.sin(turns * angle);
    }
  }
  return [...along].map((value, turns) => Math.hypot(value, across[turns] as number));
}

/** Pixels of another colour that the figure closes in: the hole of a ring, the eyes of a face. */
function enclosed({ left, right, top, bottom, pixels }: Patch, colour: readonly number[], picture: Picture): number {
  const [width, height] = [right - left + 3, bottom - top + 3];
  const isOutside = new Uint8Array(width * height).fill(1);
  for (const at of pixels) {
    const x = at % picture.width;
    isOutside[((at - x) / picture.width - top + 1) * width + x - left + 1] = 0;
  }
  const isOther = (at: number) => {
    const x = (at % width) + left - 1;
    const from = ((Math.floor(at / width) + top - 1) * picture.width + x) * 3;
    return colour.some((value, c) => Math.abs((picture.data[from + c] as number) - value) >= OTHER_COLOUR);
  };
  let count = 0;
  for (const region of connectedRegions(width, height, { isInside: (at) => isOutside[at] === 1 })) {
    if (region[0] !== 0) count += region.filter(isOther).length; // the first region lies around the figure
  }
  return count;
}

function sumOf<T>(all: readonly T[], value: (each: T) => number): number {
  return all.reduce((sum, each) => sum + value(each), 0);
}
