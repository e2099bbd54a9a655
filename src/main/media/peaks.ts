/** The shape of a sound for the player's timeline: the lowest and highest sample of even stretches, at the track's own rate. */
import { CHUNK_PEAKS, PEAK_SAMPLES, type PeakChunk } from '../../contract/index.ts';
import { decodeWaveform } from './decodeWaveform.ts';
import type { Source } from './openSource.ts';

/** Seconds that are decoded before a chunk and dropped: a lossy decoder needs some packets to be right. */
const LEAD_SEC = 0.25;
/** Hz, where the container does not say. */
const USUAL_RATE = 48_000;

export function sampleRateOf({ streams }: Pick<Source, 'streams'>): number {
  return streams.audio === null ? 0 : streams.audio.sampleRate || USUAL_RATE;
}

/**
 * @returns pairs of 16-bit integers, at most {@link CHUNK_PEAKS} of them; fewer in the last chunk, none behind the end
 * @throws PlayheadError `no-audio`
 */
export async function decodePeaks(
  source: Source,
  { level, number }: PeakChunk,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const rate = sampleRateOf(source);
  const perPeak = PEAK_SAMPLES[level];
  const first = number * CHUNK_PEAKS * perPeak;
  if (first > source.durationSec * rate) return new Uint8Array(0);
  const lead = Math.min(first, Math.round(LEAD_SEC * rate));
  const segment = { startSec: (first - lead) / rate, endSec: (first + CHUNK_PEAKS * perPeak) / rate };
  const samples = await decodeWaveform(source, { segment, sampleRate: rate || USUAL_RATE, channel: 'mix', signal });
  const peaks = peaksOf(samples.subarray(lead, lead + CHUNK_PEAKS * perPeak), perPeak);
  return new Uint8Array(peaks.buffer);
}

/** @returns for each `perPeak` samples the lowest and the highest, in 1/32767 */
export function peaksOf(samples: Float32Array, perPeak: number): Int16Array {
  const count = Math.ceil(samples.length / perPeak);
  const peaks = new Int16Array(count * 2);
  for (let i = 0; i < count; i++) {
    let [low, high] = [1, -1];
    for (let at = i * perPeak; at < Math.min(samples.length, (i + 1) * perPeak); at++) {
      const sample = samples[at] as number;
      if (sample < low) low = sample;
      if (sample > high) high = sample;
    }
    peaks[i * 2] = toInteger(low);
    peaks[i * 2 + 1] = toInteger(high);
  }
  return peaks;
}

/** Lossy sound may go a little beyond 1. */
function toInteger(sample: number): number {
  return Math.round(Math.min(1, Math.max(-1, sample)) * 32_767);
}
