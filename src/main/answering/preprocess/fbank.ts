/**
 * Kaldi's filter bank features, as BEATs wants them (torchaudio `compliance.kaldi.fbank` with 128 bins and
 * otherwise its defaults, without dither; microsoft/unilm `beats/BEATs.py`, `preprocess`).
 */
import { FFT_SIZE, powerSpectrum } from './fft.ts';

/** Mel bins per frame. */
export const MEL_BINS = 128;

const SAMPLE_RATE = 16_000; // Hz
const WINDOW = 400; // samples: 25 ms
/** From one frame to the next: 10 ms. */
export const SHIFT_SAMPLES = 160;
const PRE_EMPHASIS = 0.97;
const LOW_HZ = 20;
const LOG_FLOOR = 1.1920928955078125e-7; // float32's epsilon
const FBANK_MEAN = 15.41663;
const FBANK_STD = 6.55582;

/** Hann to the power of 0.85: the Povey window. */
const poveyWindow = new Float64Array(WINDOW).map(
  (_, i) => (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / (WINDOW - 1))) ** 0.85,
);

interface MelBin {
  /** First FFT bin with a weight. */
  first: number;
  weights: Float64Array;
}
const melBins = computeMelBins();

/**
 * @param waveform 16 kHz, -1..1
 * @returns (frames, 128) natural logs; frames = 1 + floor((samples - 400) / 160), so 2998 for 30 s, 0 for less than 25 ms
 */
export function computeFbank(waveform: Float32Array): { data: Float32Array; frames: number } {
  const frames = waveform.length < WINDOW ? 0 : 1 + Math.floor((waveform.length - WINDOW) / SHIFT_SAMPLES);
  const data = new Float32Array(frames * MEL_BINS);
  const windowed = new Float64Array(FFT_SIZE); // what lies behind the window stays 0
  const power = new Float64Array(FFT_SIZE / 2);
  for (let frame = 0; frame < frames; frame++) {
    cutWindow(waveform, frame * SHIFT_SAMPLES, windowed);
    powerSpectrum(windowed, power);
    for (const [bin, { first, weights }] of melBins.entries()) {
      let energy = 0;
      for (let k = 0; k < weights.length; k++) energy += (power[first + k] as number) * (weights[k] as number);
      data[frame * MEL_BINS + bin] = Math.log(Math.max(energy, LOG_FLOOR));
    }
  }
  return { data, frames };
}

/**
 * What the audio tower takes: rounded to bf16 (the reference computes in bf16), then (x - 15.41663) / (2 * 6.55582).
 * @returns a new array
 */
export function normaliseFbank(fbank: Float32Array): Float32Array {
  const out = roundToBf16(fbank);
  for (let i = 0; i < out.length; i++) out[i] = ((out[i] as number) - FBANK_MEAN) / (2 * FBANK_STD);
  return out;
}

/** float32 to the nearest bf16, halves to even, as float32 again; a new array. */
export function roundToBf16(values: Float32Array): Float32Array {
  const out = new Float32Array(values);
  const bits = new Uint32Array(out.buffer);
  for (let i = 0; i < bits.length; i++) {
    const word = bits[i] as number;
    bits[i] = (word + 0x7fff + ((word >>> 16) & 1)) & 0xffff0000;
  }
  return out;
}

/** One frame: 16-bit scale, DC removed, pre-emphasis, Povey window. */
function cutWindow(waveform: Float32Array, start: number, out: Float64Array): void {
  let sum = 0;
  for (let i = 0; i < WINDOW; i++) sum += waveform[start + i] as number;
  const mean = sum / WINDOW;
  let previous = (waveform[start] as number) - mean;
  for (let i = 0; i < WINDOW; i++) {
    const sample = (waveform[start + i] as number) - mean;
    out[i] = (sample - PRE_EMPHASIS * previous) * 32768 * (poveyWindow[i] as number);
    previous = sample;
  }
}

/** Triangles of equal width on the mel scale, 20 Hz to Nyquist. */
function computeMelBins(): MelBin[] {
  const lowMel = toMel(LOW_HZ);
  const delta = (toMel(SAMPLE_RATE / 2) - lowMel) / (MEL_BINS + 1);
  return Array.from({ length: MEL_BINS }, (_, bin) => {
    const left = lowMel + bin * delta;
    const all = Array.from({ length: FFT_SIZE / 2 }, (_, k) => {
      const mel = toMel((k * SAMPLE_RATE) / FFT_SIZE);
      return Math.max(0, Math.min((mel - left) / delta, (left + 2 * delta - mel) / delta));
    });
    const first = Math.max(
      all.findIndex((weight) => weight > 0),
      0,
    );
    const end = all.findLastIndex((weight) => weight > 0) + 1;
    return { first, weights: Float64Array.from(all.slice(first, end)) };
  });
}

function toMel(hz: number): number {
  return 1127 * Math.log(1 + hz / 700);
}
