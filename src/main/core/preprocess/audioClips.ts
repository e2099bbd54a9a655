/** Hz; every waveform here. */
export const SAMPLE_RATE = 16_000;

/** Eight clips of two seconds, spread evenly and joined: what the reference hears of a video. */
export function referenceEightClips(_waveform: Float32Array): Float32Array {
  throw new Error('not yet');
}

/** Exactly `windowSeconds`: zeros at the end, or cut. */
export function padToWindow(_waveform: Float32Array, _windowSeconds: number): Float32Array {
  throw new Error('not yet');
}

/** The whole track in windows of `windowSeconds`, the last one padded with zeros; at least one. */
export function splitIntoWindows(_waveform: Float32Array, _windowSeconds: number): Float32Array[] {
  throw new Error('not yet');
}
