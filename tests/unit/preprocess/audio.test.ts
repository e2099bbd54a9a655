import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  heardByReference,
  padToWindow,
  referenceEightClips,
  SAMPLE_RATE,
  splitIntoWindows,
} from '../../../src/main/answering/preprocess/audioClips.ts';
import { computeFbank, MEL_BINS, normaliseFbank, roundToBf16 } from '../../../src/main/answering/preprocess/fbank.ts';
import { FFT_SIZE, powerSpectrum } from '../../../src/main/answering/preprocess/fft.ts';
import { largestDifference, readTensor } from './readFixture.ts';

const waveform = Float32Array.from(readTensor('audio.safetensors', 'waveform_16k').data, (pcm) => pcm / 32768);

describe('the audio path of the reference', () => {
  it('eight clips, padded to 30 s, give the reference fbank (tolerance 1e-3; seen: 2e-6)', () => {
    const { data, frames } = computeFbank(padToWindow(referenceEightClips(waveform), 30));
    expect(frames).toBe(2998);
    const expected = readTensor('audio.safetensors', 'fbank_every_23rd');
    const rows: number[] = [];
    for (let row = 0; row < frames; row += 23) rows.push(...data.subarray(row * MEL_BINS, (row + 1) * MEL_BINS));
    expect(largestDifference(rows, expected.data)).toBeLessThan(1e-4);
  });

  it('repeats a track shorter than two seconds eight times', () => {
    expect(referenceEightClips(waveform.subarray(0, 1000))).toHaveLength(8000);
    expect(referenceEightClips(new Float32Array(0))).toHaveLength(0);
  });

  it('of a film hears the eight clips, of a sound its first 30 s', () => {
    const long = Float32Array.from({ length: 40 * SAMPLE_RATE }, (_, i) => i);
    expect(heardByReference(long, 'video')).toEqual(referenceEightClips(long));
    expect(heardByReference(long, 'audio')).toEqual(long.subarray(0, 30 * SAMPLE_RATE));
    expect(heardByReference(long.subarray(0, 100), 'audio')).toHaveLength(100);
  });

  it('starts clips at exact fractions: 6.0604375 s begins its clips one sample early where floats would not', () => {
    const ramp = Float32Array.from({ length: 96_967 }, (_, i) => i);
    const clips = referenceEightClips(ramp);
    const starts = Array.from({ length: 8 }, (_, i) => clips[i * 2 * SAMPLE_RATE]);
    expect(starts).toEqual([0, 9280, 18561, 27842, 37123, 46404, 55685, 64966]);
  });
});

describe('computeFbank', () => {
  it('gives no frame for less than 25 ms and one for exactly 25 ms', () => {
    expect(computeFbank(new Float32Array(399)).frames).toBe(0);
    expect(computeFbank(new Float32Array(400)).frames).toBe(1);
  });

  it('gives the log floor for silence', () => {
    const { data } = computeFbank(new Float32Array(400));
    expect(data[0]).toBeCloseTo(Math.log(1.1920928955078125e-7), 5);
  });

  it('finds a tone in the bin of its pitch', () => {
    const tone = Float32Array.from({ length: 400 }, (_, i) => 0.5 * Math.sin((2 * Math.PI * 1000 * i) / SAMPLE_RATE));
    const { data } = computeFbank(tone);
    const mel = (hz: number) => 1127 * Math.log(1 + hz / 700);
    const expected = Math.round(((mel(1000) - mel(20)) / (mel(8000) - mel(20))) * (MEL_BINS + 1)) - 1;
    expect(data.indexOf(Math.max(...data))).toBe(expected);
  });
});

describe('normaliseFbank', () => {
  it('rounds to bf16, halves to even, before it normalises', () => {
    const halfway = 1 + 2 ** -8; // between 1 and 1 + 2^-7
    const above = 1 + 2 ** -7 + 2 ** -8;
    expect([...roundToBf16(Float32Array.from([1, halfway, above, -halfway]))]).toEqual([1, 1, 1 + 2 ** -6, -1]);
    expect(normaliseFbank(Float32Array.from([halfway]))[0]).toBeCloseTo((1 - 15.41663) / (2 * 6.55582), 6);
  });
});

describe('powerSpectrum', () => {
  it('equals a plain Fourier sum', () => {
    const signal = Float64Array.from({ length: FFT_SIZE }, (_, i) => Math.sin(i * i));
    const power = new Float64Array(FFT_SIZE / 2);
    powerSpectrum(signal, power);
    for (const k of [0, 1, 2, 77, 128, 255]) {
      let re = 0;
      let im = 0;
      for (let i = 0; i < FFT_SIZE; i++) {
        re += (signal[i] as number) * Math.cos((2 * Math.PI * k * i) / FFT_SIZE);
        im -= (signal[i] as number) * Math.sin((2 * Math.PI * k * i) / FFT_SIZE);
      }
      expect(power[k]).toBeCloseTo(re * re + im * im, 6);
    }
  });
});

describe('windows', () => {
  it('cover the whole track, in order, each of full length', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5 * SAMPLE_RATE }), (length) => {
        const track = new Float32Array(length).fill(1);
        const windows = splitIntoWindows(track, 2);
        expect(windows).toHaveLength(Math.max(1, Math.ceil(length / (2 * SAMPLE_RATE))));
        expect(windows.every((window) => window.length === 2 * SAMPLE_RATE)).toBe(true);
        expect(windows.reduce((sum, window) => sum + window.reduce((a, b) => a + b, 0), 0)).toBe(length);
      }),
      { numRuns: 10 },
    );
  });

  it('of 30 s hold 2998 fbank frames', () => {
    expect(computeFbank(padToWindow(waveform, 30)).frames).toBe(2998);
  });
});
