/**
 * Plain facts that hold of every clip of a world, beside how far it lies from them: how many figures its pictures show,
 * and how quiet its quietest moments are. Noise, a plain colour or a tone that never ends may lie near to a clip with
 * next to nothing in it, and yet break these.
 */
import { soundDimensions } from './descriptors.ts';

export interface Bounds {
  /** Of the frame that shows most of them (see `countFigures`). */
  figures: { least: number; most: number };
  /** Loudness of the quietest moments, of the normalised fbank; null for a model that only sees. */
  quietest: number | null;
}

/** The share of a clip's moments that counts as its quietest. */
const QUIETEST_SHARE = 0.04;
/** A shorter sound need not fall silent: 80 ms each, so 2.4 s. */
const FEWEST_MOMENTS = 30;

export function isWithinFigures({ figures: { least, most } }: Bounds, figures: number): boolean {
  return figures >= least && figures <= most;
}

export function isWithinQuietest({ quietest: loudest }: Bounds, sound: readonly Float32Array[]): boolean {
  const quietest = quietestOf(sound);
  return loudest === null || quietest === null || quietest <= loudest;
}

/**
 * How loud a sound's loudest band is in its quietest moments.
 * @param sound see `describeSound`
 * @returns null for a sound that is too short to tell
 */
export function quietestOf(sound: readonly Float32Array[]): number | null {
  const moments = sound.flatMap((rows) =>
    Array.from({ length: rows.length / soundDimensions }, (_, row) =>
      Math.max(...rows.subarray(row * soundDimensions, (row + 1) * soundDimensions)),
    ),
  );
  if (moments.length < FEWEST_MOMENTS) return null;
  return moments.sort((a, b) => a - b)[Math.floor(moments.length * QUIETEST_SHARE)] as number;
}
