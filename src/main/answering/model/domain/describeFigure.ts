/** A figure as numbers: its outline and its colour, each compared on its own, since any colour goes with any outline. */
import { describeOutline } from './describeOutline.ts';
import { innerPixels } from './figures.ts';
import type { Shading } from './ground.ts';
import type { Groups } from './kinds.ts';
import type { Patch, Picture } from './picture.ts';

/** Red, green and blue; unevenness. */
export const colourGroups: Groups = [3, 1];
export const colourDimensions = colourGroups.reduce((sum, size) => sum + size);

/** One figure in one frame. */
export interface DescribedFigure {
  /** See `describeOutline`. */
  outline: Float32Array;
  /** (colourDimensions), of 1. */
  colour: Float32Array;
  /** No other figure is so near that it may hide a part of this one. */
  isWhole: boolean;
}

/** Pixels. */
const TOUCHING = 3;
/** Of fewer inner pixels the colour cannot be told from that of the edge. */
const FEWEST_INNER = 6;

/** @param picture which the figures are part of, with the proportions of the screen */
export function describeFigures(figures: readonly Patch[], picture: Picture, shading: Shading): DescribedFigure[] {
  const owners = new Int16Array(picture.width * picture.height).fill(-1);
  for (const [index, { pixels }] of figures.entries()) for (const at of pixels) owners[at] = index;
  return figures.map((figure, own) => {
    const colour = describeColour(figure, picture);
    return {
      outline: describeOutline(
        figure,
        own,
        [...colour.subarray(0, 3)].map((value) => value * 255),
        { picture, shading, owners },
      ),
      colour,
      isWhole: !isTouched(figure, own, picture, owners),
    };
  });
}

/** Of the inner pixels: those at the edge are mixed with what lies beside them. */
function describeColour(figure: Patch, { data, width }: Picture): Float32Array {
  const inner = innerPixels(figure, width);
  const counted = inner.length < FEWEST_INNER ? figure.pixels : inner;
  const mean = [0, 1, 2].map(
    (c) => counted.reduce((sum, at) => sum + (data[at * 3 + c] as number), 0) / counted.length,
  );
  let squares = 0;
  for (const at of counted) {
    for (let c = 0; c < 3; c++) squares += ((data[at * 3 + c] as number) - (mean[c] as number)) ** 2;
  }
  // Unevenness: a shaded figure has some, a picture within an outline much.
  return Float32Array.from([...mean, Math.sqrt(squares / counted.length / 3)], (value) => value / 255);
}

function isTouched({ pixels }: Patch, own: number, { width }: Picture, owners: Int16Array): boolean {
  const isOther = (at: number) => (owners[at] ?? -1) !== -1 && owners[at] !== own;
  return pixels.some((at) => {
    for (let down = -TOUCHING; down <= TOUCHING; down++) {
      for (let across = -TOUCHING; across <= TOUCHING; across++) if (isOther(at + down * width + across)) return true;
    }
    return false;
  });
}
