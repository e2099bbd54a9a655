/** What is heard at once as numbers: its pitch, what sounds beside it, and how it swells and fades. */
import type { SoundEvent } from './soundEvents.ts';

/** Rows of 10 ms after the beginning, and shares of the whole, at which the spectrum is looked at. */
const MOMENTS = [3, 12, 40];
const SHARES = [0.5, 0.9];
/** Rows before and after a moment that are looked at with it. */
const AROUND = 2;
/** Mel bins from the loudest one: what sounds in each group, below and above it. */
const GROUPS = [-64, -32, -16, -8, -4, -2, 3, 5, 9, 17, 33, 65] as const;
/** Rows after the beginning at which the loudness is taken. */
const FADING = [2, 6, 12, 25, 50, 100];
/** Of the normalised fbank: so far below the loudest (28 dB), a sound counts as faded. */
const FADED = -0.5;

const spectrumSize = 1 + GROUPS.length - 1;
export const eventDimensions = (MOMENTS.length + SHARES.length) * spectrumSize + FADING.length + 1;

/**
 * @param fbank (F, melBins), normalised
 * @returns (eventDimensions)
 */
export function describeEvent({ first, levels, hiss }: SoundEvent, fbank: Float32Array, melBins: number): Float32Array {
  const length = levels.length;
  const moments = [
    ...MOMENTS.map((row) => Math.min(row, length - 1)),
    ...SHARES.map((part) => Math.floor(part * length)),
  ];
  const loudest = levels.reduce((most, level) => Math.max(most, level));
  const fading = FADING.map((row) => Math.max(FADED, (levels[row] ?? Number.NEGATIVE_INFINITY) - loudest));
  return Float32Array.from([
    ...moments.flatMap((row) => describeSpectrum(meanRow(fbank, first + row, melBins), hiss)),
    ...fading,
    Math.log(length),
  ]);
}

/** Over some rows around one: of a noise each single row is another. */
function meanRow(fbank: Float32Array, row: number, melBins: number): Float32Array {
  const from = Math.max(0, row - AROUND);
  const rows = Math.min(row + AROUND + 1, fbank.length / melBins) - from;
  return Float32Array.from({ length: melBins }, (_, bin) => {
    let sum = 0;
    for (let i = 0; i < rows; i++) sum += fbank[(from + i) * melBins + bin] as number;
    return sum / rows;
  });
}

/** Pitch of the loudest bin (0 to 1), and the loudest bin of each group around it, from there. */
function describeSpectrum(row: Float32Array, hiss: number): number[] {
  const loudest = row.indexOf(row.reduce((most, value) => Math.max(most, value)));
  const peak = row[loudest] as number;
  const groups = GROUPS.slice(1).map((end, index) => {
    const bins = row.subarray(Math.max(0, loudest + (GROUPS[index] as number)), Math.max(0, loudest + end));
    const from = loudest + (GROUPS[index] as number);
    let most = FADED;
    for (const [i, value] of bins.entries()) {
      if (Math.abs(Math.max(0, from) + i - loudest) > 1 && value > hiss) most = Math.max(most, value - peak);
    }
    return most;
  });
  return [loudest / row.length, ...groups];
}
