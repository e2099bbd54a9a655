/** What is heard at once as numbers: its pitch, what sounds beside it, and how it swells and fades. */
import type { Groups } from './kinds.ts';
import type { SoundEvent } from './soundEvents.ts';

/** Rows of 10 ms after the beginning, and shares of the whole, at which the spectrum is looked at. */
const MOMENTS = [3, 12, 40];
const SHARES = [0.25, 0.5, 0.75, 0.9];
/** Rows before and after a moment that are looked at with it. */
const AROUND = 2;
/** Of the normalised fbank: bins that are so little below the loudest (9 dB) count as strong, too. */
const STRONG = 0.25;
/** Mel bins from the pitch: bands below and above it, in which the loudest counts. */
const EDGES = [-64, -32, -16, -8, -4, -2, 3, 5, 9, 17, 33, 65] as const;
/** Rows after the beginning at which the loudness is taken. */
const FADING = [2, 6, 12, 25, 50, 100];
/** Of the normalised fbank: so far below the loudest (28 dB), a sound counts as faded. */
const FADED = -0.5;
/** So far below it (20 dB) what sounds is not clear any more: there is no look at it. */
const CLEAR = 0.35;

const looks = MOMENTS.length + SHARES.length;
/** Pitches, what sounds beside them, fading and length. */
export const eventGroups: Groups = [looks, looks * (EDGES.length - 1), FADING.length + 1];
export const eventDimensions = eventGroups.reduce((sum, size) => sum + size);

/**
 * @param fbank (F, melBins), normalised
 * @returns (eventDimensions)
 */
export function describeEvent({ first, levels, hiss }: SoundEvent, fbank: Float32Array, melBins: number): Float32Array {
  const loudest = levels.reduce((most, level) => Math.max(most, level));
  const length = levels.findLastIndex((level) => level > loudest - CLEAR) + 1;
  const moments = [
    ...MOMENTS.map((row) => Math.min(row, length - 1)),
    ...SHARES.map((part) => Math.floor(part * length)),
  ];
  const fading = FADING.map((row) => Math.max(FADED, (levels[row] ?? Number.NEGATIVE_INFINITY) - loudest));
  const spectra = moments.map((row) => describeSpectrum(meanRow(fbank, first + row, melBins), hiss));
  return Float32Array.from([
    ...spectra.map(({ pitch }) => pitch),
    ...spectra.flatMap(({ beside }) => beside),
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

/** Its lowest strong bin is its pitch (0 to 1); with it, how loud the loudest bin of each band beside that is. */
function describeSpectrum(row: Float32Array, hiss: number): { pitch: number; beside: number[] } {
  const loudest = row.reduce((most, value) => Math.max(most, value));
  const pitch = row.findIndex((value) => value > loudest - STRONG);
  const audible = row.map((value, bin) => (value > hiss && Math.abs(bin - pitch) > 1 ? value - loudest : FADED));
  const bin = (edge: number) => Math.max(0, pitch + edge);
  const beside = EDGES.slice(1).map((end, i) =>
    audible.subarray(bin(EDGES[i] as number), bin(end)).reduce((most, value) => Math.max(most, value), FADED),
  );
  return { pitch: pitch / row.length, beside };
}
