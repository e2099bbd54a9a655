/** What is compared with a world: a clip's picture as one row, its sound as one row for every 80 ms. */
import type { FloatTensor } from '../session.ts';

/** Fbank frames (10 ms each) that make one descriptor of sound. */
const FRAMES = 8;
/** Mel bins in neighbouring groups: the pitch of a tone counts, its exact place does not. */
const BANDS = 16;
/** Of the normalised fbank. What is quieter counts as silence: the hiss that an encoder leaves is no sound of a world. */
const QUIET = -0.5;

export const soundDimensions = BANDS;

/** @returns 2 C numbers for a tower of width C */
export function pictureDimensions(width: number): number {
  return 2 * width;
}

/**
 * Mean and standard deviation of every feature over all patches of all frames.
 * @param visionFeatures (T, P, C)
 * @returns (2 C)
 */
export function describePicture({ data, dims }: FloatTensor): Float32Array {
  const width = dims.at(-1) ?? 1;
  const rows = data.length / width;
  const sums = new Float64Array(width);
  const squares = new Float64Array(width);
  for (let at = 0; at < data.length; at++) {
    const value = data[at] as number;
    const feature = at % width;
    sums[feature] = (sums[feature] as number) + value;
    squares[feature] = (squares[feature] as number) + value * value;
  }
  const descriptor = new Float32Array(2 * width);
  for (let i = 0; i < width; i++) {
    const mean = (sums[i] as number) / rows;
    descriptor[i] = mean;
    descriptor[width + i] = Math.sqrt(Math.max(0, (squares[i] as number) / rows - mean * mean));
  }
  return descriptor;
}

/**
 * The spectrum, coarse in time and pitch. It is taken from the fbank, not from the tower: a small tower that was
 * trained on a few sounds hears rain as one of them.
 * @param fbank (F, melBins), normalised
 * @param frames of these, those that are sound and not padding
 * @returns (r, BANDS), at least one row
 */
export function describeSound(fbank: Float32Array, melBins: number, frames: number): Float32Array {
  const rows = Math.max(1, Math.floor(Math.min(frames, fbank.length / melBins) / FRAMES));
  const binsPerBand = melBins / BANDS;
  const descriptors = new Float32Array(rows * BANDS);
  for (let row = 0; row < rows; row++) {
    for (let frame = row * FRAMES; frame < (row + 1) * FRAMES; frame++) {
      for (let bin = 0; bin < melBins; bin++) {
        const at = row * BANDS + Math.floor(bin / binsPerBand);
        const value = Math.max(fbank[frame * melBins + bin] ?? QUIET, QUIET);
        descriptors[at] = (descriptors[at] as number) + value / (FRAMES * binsPerBand);
      }
    }
  }
  return descriptors;
}
