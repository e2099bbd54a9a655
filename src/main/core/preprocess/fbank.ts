/** Mel bins per frame. */
export const MEL_BINS = 128;

/** @returns frames * 128 log-mel values of a 16 kHz waveform (-1..1) */
export function computeFbank(_waveform: Float32Array): { data: Float32Array; frames: number } {
  throw new Error('not yet');
}

/** bf16 rounding, then (x - 15.41663) / (2 * 6.55582), as a new array. */
export function normaliseFbank(_fbank: Float32Array): Float32Array {
  throw new Error('not yet');
}
