/** Which peaks are fetched for a view, and how they become the columns of a picture. */
import { CHUNK_PEAKS, PEAK_SAMPLES, type PeakChunk, type PeakLevel } from '../../contract/madeRoutes.ts';
import type { Segment } from '../../contract/media.ts';

/** Pairs of lowest and highest sample, as the route gives them. */
export type Peaks = Int16Array;

/** Samples under one pixel, and the level that has at least one pair of peaks for each. */
export function levelFor(view: Segment, widthPx: number, sampleRate: number): PeakLevel {
  const samplesPerPx = ((view.endSec - view.startSec) * sampleRate) / Math.max(1, widthPx);
  return samplesPerPx >= PEAK_SAMPLES.coarse ? 'coarse' : 'fine';
}

/** The chunks that a view needs, from left to right. */
export function chunksFor(view: Segment, level: PeakLevel, sampleRate: number): PeakChunk[] {
  const chunkSec = (CHUNK_PEAKS * PEAK_SAMPLES[level]) / sampleRate;
  const first = Math.floor(view.startSec / chunkSec);
  const last = Math.floor(Math.max(view.startSec, view.endSec - 1e-6) / chunkSec);
  return Array.from({ length: last - first + 1 }, (_, i) => ({ level, number: first + i }));
}

export interface Column {
  /** -1 to 1. */
  low: number;
  high: number;
}

interface Sound {
  level: PeakLevel;
  sampleRate: number;
  /** Null while a chunk is not there. */
  chunkOf(number: number): Peaks | null;
}

/** For each pixel the lowest and highest sample under it; null where nothing is there (yet). */
export function columnsOf(view: Segment, widthPx: number, { level, sampleRate, chunkOf }: Sound): (Column | null)[] {
  const perSec = sampleRate / PEAK_SAMPLES[level];
  const perPx = ((view.endSec - view.startSec) * perSec) / Math.max(1, widthPx);
  const from = view.startSec * perSec;
  return Array.from({ length: Math.max(0, Math.floor(widthPx)) }, (_, x) => {
    const first = Math.floor(from + x * perPx);
    const end = Math.max(first + 1, Math.floor(from + (x + 1) * perPx));
    return columnOf(first, end, chunkOf);
  });
}

function columnOf(first: number, end: number, chunkOf: Sound['chunkOf']): Column | null {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let number = Math.floor(first / CHUNK_PEAKS); number * CHUNK_PEAKS < end; number++) {
    const chunk = chunkOf(number);
    if (chunk === null) continue;
    const offset = number * CHUNK_PEAKS;
    const until = Math.min(end - offset, chunk.length / 2);
    for (let at = Math.max(0, first - offset); at < until; at++) {
      low = Math.min(low, chunk[at * 2] as number);
      high = Math.max(high, chunk[at * 2 + 1] as number);
    }
  }
  return high < low ? null : { low: low / 32_767, high: high / 32_767 };
}
