/** The figures of a clip over its frames, told apart by their colour. */
import type { DescribedFigure } from './describeFigure.ts';
import type { Looks } from './kinds.ts';

/** One figure, as often as it was seen. */
export interface FollowedFigure {
  /** See `describeOutline`: where nothing touches it, if there is such a frame. */
  outlines: Looks;
  /** See `describeFigure`. */
  colours: Looks;
}

/** Of 1, in each channel: the same figure in two frames differs by less. */
const SAME_COLOUR = 0.18;
/** Of fewer frames, what is seen once is not rare. */
const FEWEST_FRAMES = 4;

/** @param frames in order of time */
export function followFigures(frames: readonly (readonly DescribedFigure[])[]): FollowedFigure[] {
  const followed: DescribedFigure[][] = [];
  for (const figures of frames) {
    const before = [...followed]; // two of one colour in the same frame are two figures
    for (const figure of figures) {
      const known = nearest(before, figure);
      if (known === undefined) followed.push([figure]);
      else {
        known.push(figure);
        before.splice(before.indexOf(known), 1);
      }
    }
  }
  const lasting = frames.length < FEWEST_FRAMES ? followed : followed.filter((seen) => !isPiece(seen, followed));
  return lasting.map((seen) => {
    const whole = seen.filter(({ isWhole }) => isWhole);
    return {
      outlines: (whole.length > 0 ? whole : seen).map(({ outline }) => outline),
      colours: seen.map(({ colour }) => colour),
    };
  });
}

/** Seen once beside another of its colour: the other half of a figure that something passes in front of. */
function isPiece(seen: readonly DescribedFigure[], followed: readonly DescribedFigure[][]): boolean {
  const [figure] = seen;
  const others = followed.filter((other) => other !== seen);
  return seen.length === 1 && figure !== undefined && nearest(others, figure) !== undefined;
}

function nearest(followed: readonly DescribedFigure[][], { colour }: DescribedFigure): DescribedFigure[] | undefined {
  let least = SAME_COLOUR;
  let found: DescribedFigure[] | undefined;
  for (const seen of followed) {
    const last = seen.at(-1) as DescribedFigure;
    const distance = [0, 1, 2].reduce(
      (most, c) => Math.max(most, Math.abs((last.colour[c] as number) - (colour[c] as number))),
      0,
    );
    if (distance < least) [least, found] = [distance, seen];
  }
  return found;
}
