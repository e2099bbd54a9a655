/**
 * The solid figures that a picture shows: patches of one colour that stand out from what is around them and do not
 * touch the edge. Noise, lines of text, plain and shaded grounds show none.
 */
import { connectedRegions } from '../connectedRegions.ts';

/** Rows from the top: height * width * 3 bytes. */
export interface Picture {
  width: number;
  height: number;
  data: Uint8Array;
}

export interface Patch {
  /** Indices of its pixels. */
  pixels: readonly number[];
  /** Mean red, green, blue, 0 to 255. */
  colour: [number, number, number];
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Neighbouring pixels of one patch differ by less in every channel, of 255: grain and shading, no outline. */
const SAME = 12;
/** A patch differs by at least so much, in one channel, from what lies around it. */
const STANDS_OUT = 45;
/** Shares of the picture. */
const SMALLEST = 0.004;
const LARGEST = 0.25;
/** Of its bounding box: a frame or a line is no figure. */
const LEAST_FILLED = 0.2;

/** @param picture small: about 100 pixels high or wide */
export function findFigures(picture: Picture): Patch[] {
  const { data, width, height } = picture;
  const isJoined = (a: number, b: number) => isAlike(data, a, b);
  const figures: Patch[] = [];
  for (const pixels of connectedRegions(width, height, { isJoined })) {
    const share = pixels.length / (width * height);
    if (share < SMALLEST || share > LARGEST) continue;
    const patch = patchOf(pixels, picture);
    if (isFigure(patch, picture)) figures.push(patch);
  }
  return figures;
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

function isAlike(data: Uint8Array, a: number, b: number): boolean {
  for (let c = 0; c < 3; c++) {
    if (Math.abs((data[a * 3 + c] as number) - (data[b * 3 + c] as number)) >= SAME) return false;
  }
  return true;
}

function isFigure(patch: Patch, { data, width, height }: Picture): boolean {
  const { pixels, left, right, top, bottom } = patch;
  if (left === 0 || top === 0 || right === width - 1 || bottom === height - 1) return false;
  if (pixels.length / ((right - left + 1) * (bottom - top + 1)) < LEAST_FILLED) return false;
  const around = colourAround(patch, data, width);
  return patch.colour.some((value, c) => Math.abs(value - (around[c] as number)) >= STANDS_OUT);
}

/** The mean colour along the bounding box, two pixels outside of it. */
function colourAround({ left, right, top, bottom }: Patch, data: Uint8Array, width: number): number[] {
  const sum = [0, 0, 0];
  let pixels = 0;
  const height = data.length / 3 / width;
  const add = (x: number, y: number) => {
    if (x < 0 || y < 0 || x >= width || y >= height) return;
    for (let c = 0; c < 3; c++) sum[c] = (sum[c] as number) + (data[(y * width + x) * 3 + c] as number);
    pixels += 1;
  };
  for (let x = left; x <= right; x++) for (const y of [top - 2, bottom + 2]) add(x, y);
  for (let y = top; y <= bottom; y++) for (const x of [left - 2, right + 2]) add(x, y);
  return sum.map((value) => value / pixels);
}
