/**
 * The detector's probability map as boxes: binarise, connected regions, tilted rectangles, unclip.
 * Follows PaddleOCR's DBPostProcess (ppocr/postprocess/db_postprocess.py) with its PP-OCRv4 settings.
 */
import { connectedRegions } from '../../answering/model/connectedRegions.ts';
import { minAreaRect, type Point, type RotatedRect, scaleRect, unclip } from './rotatedRect.ts';

export interface TextBox {
  /** In pixels of the picture that was looked at. */
  rect: RotatedRect;
  /** Mean probability of the region, 0 to 1. */
  score: number;
}

export interface ProbabilityMap {
  /** height * width values, 0 to 1. */
  data: Float32Array;
  width: number;
  height: number;
}

const pixelThreshold = 0.3;
const boxThreshold = 0.65;
const unclipRatio = 1.5;
/** Regions thinner than this many map pixels are not text. */
const minRegionSide = 3;
/** Boxes lower than this many pixels of the picture cannot be read. */
const minTextHeight = 6;

/** Boxes of the text in a picture of `imageWidth` × `imageHeight` pixels, from top to bottom. */
export function findTextBoxes(map: ProbabilityMap, imageWidth: number, imageHeight: number): TextBox[] {
  const boxes: TextBox[] = [];
  for (const region of regionsOf(map)) {
    if (region.score < boxThreshold) continue;
    const shrunken = minAreaRect(region.outline);
    if (Math.min(shrunken.width, shrunken.height) < minRegionSide) continue;
    const rect = scaleRect(unclip(shrunken, unclipRatio), imageWidth / map.width, imageHeight / map.height);
    if (Math.min(rect.width, rect.height) >= minTextHeight) boxes.push({ rect, score: region.score });
  }
  return boxes.sort((a, b) => a.rect.centre.y - b.rect.centre.y);
}

interface Region {
  /** The first and the last pixel of each row: enough for the convex hull. */
  outline: Point[];
  score: number;
}

/** Regions of pixels above the threshold that touch by a side or a corner. */
function* regionsOf({ data, width, height }: ProbabilityMap): Generator<Region> {
  const isInside = (at: number) => (data[at] as number) >= pixelThreshold;
  for (const pixels of connectedRegions(width, height, { isInside, byCorners: true })) {
    const sum = pixels.reduce((total, at) => total + (data[at] as number), 0);
    yield { outline: outlineOf(pixels, width), score: sum / pixels.length };
  }
}

function outlineOf(pixels: readonly number[], width: number): Point[] {
  const rows = new Map<number, { first: number; last: number }>();
  for (const at of pixels) {
    const x = at % width;
    const y = (at - x) / width;
    const row = rows.get(y);
    rows.set(y, { first: Math.min(row?.first ?? x, x), last: Math.max(row?.last ?? x, x) });
  }
  return [...rows].flatMap(([y, { first, last }]) => [
    { x: first, y },
    { x: last, y },
  ]);
}
