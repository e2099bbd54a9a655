/** A figure as numbers: its outline, however it is turned, its size and its colour. */
import type { Patch, Picture } from './figures.ts';
import type { Groups } from './kinds.ts';

/** Of the distances from the figure's middle. */
const QUANTILES = [0.1, 0.3, 0.5, 0.7, 0.9, 0.99];
/** How often a figure looks the same in one turn: a triangle three times, a star five. */
const TURNS = [1, 2, 3, 4, 5, 6];

/** Outline by distance and by direction, size, three of colour, unevenness. */
export const figureDimensions = QUANTILES.length + TURNS.length + 1 + 3 + 1;
/** All count alike. */
export const figureGroups: Groups = [figureDimensions];

/**
 * @param picture which the figure is part of, with the proportions of the screen
 * @returns (figureDimensions)
 */
export function describeFigure({ pixels, colour }: Patch, picture: Picture): Float32Array {
  const { width, height } = picture;
  const points = pixels.map((at) => [at % width, Math.floor(at / width)] as const);
  const [cx, cy] = [0, 1].map(
    (axis) => points.reduce((sum, point) => sum + (point[axis] as number), 0) / points.length,
  );
  const polar = points.map(([x, y]) => {
    const [dx, dy] = [x - (cx as number), y - (cy as number)];
    return { distance: Math.hypot(dx, dy), angle: Math.atan2(dy, dx) };
  });
  return Float32Array.from([
    ...outlineByDistance(polar),
    ...outlineByDirection(polar),
    Math.log(pixels.length / Math.min(width, height) ** 2),
    ...colour.map((value) => value / 255),
    unevenness({ pixels, colour }, picture),
  ]);
}

interface Polar {
  distance: number;
  angle: number;
}

/** In units of the radius of a disc of the same area. */
function outlineByDistance(polar: readonly Polar[]): number[] {
  const unit = Math.sqrt(polar.length / Math.PI);
  const sorted = polar.map(({ distance }) => distance / unit).sort((a, b) => a - b);
  return QUANTILES.map((share) => sorted[Math.floor(share * (sorted.length - 1))] as number);
}

/** How strongly the pixels gather in k directions, 0 to 1. */
function outlineByDirection(polar: readonly Polar[]): number[] {
  return TURNS.map((turns) => {
    // Of one direction the mean position says nothing, it is the middle: there pixels count alike.
    const weigh = ({ distance }: Polar) => (turns === 1 ? 1 : distance);
    let [along, across, weights] = [0, 0, 0];
    for (const each of polar) {
      along += weigh(each) * Math.cos(turns * each.angle);
      across += weigh(each) * Math.sin(turns * each.angle);
      weights += weigh(each);
    }
    return weights === 0 ? 0 : Math.hypot(along, across) / weights;
  });
}

/** Standard deviation of the colour, of 1: a shaded figure has some, a picture within an outline much. */
function unevenness({ pixels, colour }: Pick<Patch, 'pixels' | 'colour'>, { data }: Picture): number {
  let squares = 0;
  for (const at of pixels) {
    for (let c = 0; c < 3; c++) squares += (((data[at * 3 + c] as number) - (colour[c] as number)) / 255) ** 2;
  }
  return Math.sqrt(squares / pixels.length / 3);
}
