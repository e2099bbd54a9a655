/** A sound cut into what is heard one after the other: stretches that are louder than the clip's quiet moments. */

/** Rows of 10 ms. */
export interface SoundEvent {
  first: number;
  /** Exclusive. */
  end: number;
  /** Of the normalised fbank, one for each row. */
  levels: Float32Array;
  /** What is not louder is the hiss beneath it. */
  hiss: number;
}

/** Of the normalised fbank, of which one unit is 57 dB: 11 dB above the quiet moments, and never a mere hiss. */
const ABOVE_QUIET = 0.2;
const FAINTEST = -0.1;
/** No clip of a world of sounds in silence is louder in its quiet moments; what never falls quiet is one event. */
const LOUDEST_QUIET = 0.1;
/** The share of moments that are taken for quiet ones. */
const QUIET_SHARE = 0.05;
/** Rows: a shorter dip in loudness does not end a sound, a shorter sound is a click of the encoder. */
const DIP = 3;
const SHORTEST = 2;

/**
 * @param fbank (F, melBins), normalised, without padding
 * @returns in order of time
 */
export function findEvents(fbank: Float32Array, melBins: number): SoundEvent[] {
  const levels = levelsOf(fbank, melBins);
  const quiet = levels.toSorted()[Math.floor(levels.length * QUIET_SHARE)] ?? 0;
  const threshold = Math.max(FAINTEST, Math.min(quiet, LOUDEST_QUIET) + ABOVE_QUIET);
  const runs: { first: number; end: number }[] = [];
  for (const [row, level] of levels.entries()) {
    if (level < threshold) continue;
    const last = runs.at(-1);
    if (last && row - last.end < DIP) last.end = row + 1;
    else runs.push({ first: row, end: row + 1 });
  }
  return runs
    .filter(({ first, end }) => end - first >= SHORTEST)
    .map(({ first, end }) => ({ first, end, levels: levels.slice(first, end), hiss: threshold }));
}

/** The loudest bin of each row. */
function levelsOf(fbank: Float32Array, melBins: number): Float32Array {
  return Float32Array.from({ length: Math.floor(fbank.length / melBins) }, (_, row) =>
    fbank.subarray(row * melBins, (row + 1) * melBins).reduce((most, value) => Math.max(most, value)),
  );
}
