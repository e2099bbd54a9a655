/** How a track of any length becomes the windows that the audio tower hears. Waveforms are 16 kHz, mono, -1..1. */

/** Hz; every waveform here. */
export const SAMPLE_RATE = 16_000;

const CLIPS = 8;
const CLIP_SECONDS = 2;

/**
 * What the reference hears of a video: eight clips of two seconds, spread evenly over the
 * track and joined. A track shorter than two seconds is repeated eight times.
 * Source: pytorchvideo `ConstantClipsPerVideoSampler`, which counts in exact fractions of the float duration;
 * counting in floats is off by a sample on most tracks.
 * @returns 256,000 samples for a track of at least two seconds
 */
export function referenceEightClips(waveform: Float32Array): Float32Array {
  const latestStartSec = Math.max(waveform.length / SAMPLE_RATE - CLIP_SECONDS, 0);
  const clips = Array.from({ length: CLIPS }, (_, i) => {
    const start = floorOfProduct(latestStartSec, i * SAMPLE_RATE, CLIPS - 1);
    return waveform.subarray(start, start + CLIP_SECONDS * SAMPLE_RATE);
  });
  return join(clips);
}

/** Seconds: of longer sound the reference takes 30 at random; here those are the first, so that a score can be repeated. */
const LONGEST_SECONDS = 30;

/** As much of a track as the reference hears: of a film its eight clips. */
export function heardByReference(waveform: Float32Array, kind: 'video' | 'audio' | 'image'): Float32Array {
  const heard = kind === 'video' ? referenceEightClips(waveform) : waveform;
  return heard.subarray(0, LONGEST_SECONDS * SAMPLE_RATE);
}

/** Exactly `windowSeconds`, as a new array: zeros at the end, or cut. */
export function padToWindow(waveform: Float32Array, windowSeconds: number): Float32Array {
  const window = new Float32Array(Math.round(windowSeconds * SAMPLE_RATE));
  window.set(waveform.subarray(0, window.length));
  return window;
}

/** The whole track in windows of `windowSeconds`, one after the other, the last one padded with zeros; at least one. */
export function splitIntoWindows(waveform: Float32Array, windowSeconds: number): Float32Array[] {
  const length = Math.round(windowSeconds * SAMPLE_RATE);
  const count = Math.max(1, Math.ceil(waveform.length / length));
  return Array.from({ length: count }, (_, i) =>
    padToWindow(waveform.subarray(i * length, (i + 1) * length), windowSeconds),
  );
}

/** floor(value * numerator / denominator) without any rounding of the float `value` >= 0. */
function floorOfProduct(value: number, numerator: number, denominator: number): number {
  const scale = 2 ** 100; // a power of two: the product below is exact
  const product = BigInt(value * scale) * BigInt(numerator);
  return Number(product / (BigInt(denominator) * BigInt(scale)));
}

function join(parts: Float32Array[]): Float32Array {
  const joined = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
