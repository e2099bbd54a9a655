/**
 * The solid figures that a picture shows: patches of one colour that stand out from the ground and do not touch the
 * edge. Noise, lines of text, plain and shaded grounds show none.
 */
import { connectedRegions } from '../connectedRegions.ts';
import { distanceFromGround, groundAt, type Shading } from './ground.ts';
import type { Patch, Picture } from './picture.ts';

export interface FoundFigures {
  figures: Patch[];
  /** The shadows that figures throw: the ground, darker. */
  shadows: Patch[];
}

/** Neighbouring pixels of one patch differ by less in every channel, of 255: grain and shading, no outline. */
const SAME = 12;
/** A pixel stands out that differs by at least so much, in one channel, from the ground; and a patch as a whole. */
const PIXEL_STANDS_OUT = 28;
const STANDS_OUT = 38;
/** Pieces of one figure differ by less in every channel, of 255, and lie no more than so many pixels apart. */
const SAME_COLOUR = 28;
const GAP = 2;
/** Shares of the picture. */
const SMALLEST = 0.002;
const LARGEST = 0.25;
/** Of its bounding box: a frame is no figure. */
const LEAST_FILLED = 0.2;
/** Of its pixels, those with the same patch on all four sides: a line is no figure, nor is the soft edge of one. */
const LEAST_INNER = 0.2;
/** A shadow leaves at least so much of the light, and the hue within this, of 255. */
const DARKEST_SHADOW = 0.55;
const SHADOW_HUE = 16;

/**
 * @param picture small: about 100 pixels high or wide
 * @param shading of its ground
 */
export function findFigures(picture: Picture, shading: Shading): FoundFigures {
  const { data, width, height } = picture;
  const found: FoundFigures = { figures: [], shadows: [] };
  const rule = {
    isInside: (at: number) => distanceFromGround(picture, shading, at) >= PIXEL_STANDS_OUT,
    isJoined: (a: number, b: number) => isAlike(data, a, b),
  };
  const regions = [...connectedRegions(width, height, rule)].filter(
    ({ length }) => length >= SMALLEST * width * height,
  );
  const patches = regions.map((pixels) => patchOf(pixels, picture));
  for (const patch of joinPieces(patches, picture)) {
    const ground = groundAt(picture, shading, middleOf(patch, width));
    if (isShadow(patch, ground)) found.shadows.push(patch);
    else if (isFigure(patch, ground, picture) && isSolid(patch, width)) found.figures.push(patch);
  }
  return found;
}

/** A thin figure in a coarse picture falls into pieces: those of one colour that nearly touch are one. */
function joinPieces(patches: readonly Patch[], picture: Picture): Patch[] {
  const joined: Patch[] = [];
  for (const patch of patches) {
    const index = joined.findIndex((other) => isSameColour(patch, other) && isBeside(patch, other, picture.width));
    if (index < 0) joined.push(patch);
    else joined[index] = patchOf([...(joined[index]?.pixels ?? []), ...patch.pixels], picture);
  }
  return joined;
}

function isSameColour(a: Patch, b: Patch): boolean {
  return a.colour.every((value, c) => Math.abs(value - (b.colour[c] as number)) < SAME_COLOUR);
}

function isBeside(a: Patch, b: Patch, width: number): boolean {
  if (a.left > b.right + GAP || b.left > a.right + GAP || a.top > b.bottom + GAP || b.top > a.bottom + GAP)
    return false;
  const own = new Set(a.pixels);
  return b.pixels.some((at) => {
    for (let down = -GAP; down <= GAP; down++) {
      for (let across = -GAP; across <= GAP; across++) if (own.has(at + down * width + across)) return true;
    }
    return false;
  });
}

function patchOf(pixels: readonly number[], { data, width, height }: Picture): Patch {
  const patch: Patch = { pixels, colour: [0, 0, 0], left: width, right: 0, top: height, bottom: 0 };
  for (const at of pixels) {
    const x = at % width;
    const y = (at - x) / width;
    for (let c = 0; c < 3; c++) patch.colour[c as 0] += (data[at * 3 + c] as number) / pixels.length;
    patch.left = Math.min(patch.left, x);
    patch.right = Math.max(patch.right, x);
    patch.top = Math.min(patch.top, y);
    patch.bottom = Math.max(patch.bottom, y);
  }
  return patch;
}

function middleOf({ left, right, top, bottom }: Patch, width: number): number {
  return Math.round((top + bottom) / 2) * width + Math.round((left + right) / 2);
}

function isAlike(data: Uint8Array, a: number, b: number): boolean {
  for (let c = 0; c < 3; c++) {
    if (Math.abs((data[a * 3 + c] as number) - (data[b * 3 + c] as number)) >= SAME) return false;
  }
  return true;
}

function isFigure(patch: Patch, ground: readonly number[], { width, height }: Picture): boolean {
  const { pixels, left, right, top, bottom } = patch;
  if (left === 0 || top === 0 || right === width - 1 || bottom === height - 1) return false;
  if (pixels.length > LARGEST * width * height) return false;
  if (pixels.length / ((right - left + 1) * (bottom - top + 1)) < LEAST_FILLED) return false;
  return patch.colour.some((value, c) => Math.abs(value - (ground[c] as number)) >= STANDS_OUT);
}

function isSolid(patch: Patch, width: number): boolean {
  return innerPixels(patch, width).length >= LEAST_INNER * patch.pixels.length;
}

/** Those with the same patch on all four sides. */
export function innerPixels({ pixels }: Patch, width: number): number[] {
  const own = new Set(pixels);
  return pixels.filter((at) => own.has(at - 1) && own.has(at + 1) && own.has(at - width) && own.has(at + width));
}

function isShadow({ colour }: Patch, ground: readonly number[]): boolean {
  const light = colour.reduce((sum, value, c) => sum + value * (ground[c] as number), 0);
  const left = light / ground.reduce((sum, value) => sum + value ** 2, 1);
  if (left < DARKEST_SHADOW || left > 1) return false;
  return colour.every((value, c) => Math.abs(value - left * (ground[c] as number)) < SHADOW_HUE);
}
