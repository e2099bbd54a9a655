/**
 * How many solid figures a picture shows: patches of one colour that stand out from what is around them and do not
 * touch the edge. Noise, lines of text, plain and shaded grounds show none.
 */

/** Rows from the top: height * width * 3 bytes. */
export interface Picture {
  width: number;
  height: number;
  data: Uint8Array;
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

interface Patch {
  size: number;
  sum: [number, number, number];
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** @param frame as the vision tower sees it, small */
export function countFigures(frame: Picture): number {
  const patches = patchesOf(frame);
  return patches.filter((patch) => isFigure(patch, frame)).length;
}

/** Connected pixels of like colour, by flood fill. */
function patchesOf({ data, width, height }: Picture): Patch[] {
  const isTaken = new Uint8Array(width * height);
  const patches: Patch[] = [];
  for (let start = 0; start < isTaken.length; start++) {
    if (isTaken[start]) continue;
    const patch: Patch = { size: 0, sum: [0, 0, 0], left: width, right: 0, top: height, bottom: 0 };
    const open = [start];
    isTaken[start] = 1;
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      const [x, y] = [at % width, Math.floor(at / width)];
      addPixel(patch, data, at, x, y);
      const neighbours = [x > 0 ? at - 1 : -1, x < width - 1 ? at + 1 : -1, at - width, at + width];
      for (const next of neighbours) {
        if (next < 0 || next >= isTaken.length || isTaken[next] || !isAlike(data, at, next)) continue;
        isTaken[next] = 1;
        open.push(next);
      }
    }
    patches.push(patch);
  }
  return patches;
}

function addPixel(patch: Patch, data: Uint8Array, at: number, x: number, y: number): void {
  patch.size += 1;
  for (let c = 0; c < 3; c++) patch.sum[c as 0] += data[at * 3 + c] as number;
  patch.left = Math.min(patch.left, x);
  patch.right = Math.max(patch.right, x);
  patch.top = Math.min(patch.top, y);
  patch.bottom = Math.max(patch.bottom, y);
}

function isAlike(data: Uint8Array, a: number, b: number): boolean {
  for (let c = 0; c < 3; c++) {
    if (Math.abs((data[a * 3 + c] as number) - (data[b * 3 + c] as number)) >= SAME) return false;
  }
  return true;
}

function isFigure(patch: Patch, { data, width, height }: Picture): boolean {
  const { size, left, right, top, bottom } = patch;
  const share = size / (width * height);
  if (share < SMALLEST || share > LARGEST) return false;
  if (left === 0 || top === 0 || right === width - 1 || bottom === height - 1) return false;
  if (size / ((right - left + 1) * (bottom - top + 1)) < LEAST_FILLED) return false;
  const around = colourAround(patch, data, width);
  return patch.sum.some((sum, c) => Math.abs(sum / size - (around[c] as number)) >= STANDS_OUT);
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
