/** The stretches of a file that are indexed one by one. */
import type { Segment } from '../../../contract/index.ts';
import { decodeWaveform } from './decodeWaveform.ts';
import { detectScenes } from './detectScenes.ts';
import type { MediaProbe } from './mediaTypes.ts';

/** Seconds. */
export const LONGEST_SEGMENT = 30;
export const SHORTEST_SEGMENT = 1;

/** Hz: enough to tell quiet from loud. */
const LOUDNESS_RATE = 4000;
const LOUDNESS_WINDOW_SEC = 0.1;
/** Seconds around an even cut in which a quiet place is looked for. */
const QUIET_REACH = 2;
/** Longer sound than this is cut evenly. */
const LONGEST_LISTENED = 3 * 3600;

/**
 * Cuts a file into segments that cover its whole duration, none longer than 30 s and, where the file allows it,
 * none shorter than 1 s. Videos are cut at scene changes, sound in quiet places; a picture is one segment of 0 to 1 s.
 * @throws PlayheadError as `probeMedia` does
 */
export async function planSegments(probe: MediaProbe, options: { signal?: AbortSignal } = {}): Promise<Segment[]> {
  if (probe.kind === 'image') return [{ startSec: 0, endSec: 1 }];
  if (probe.kind === 'video') return segmentsFromCuts(probe.durationSec, await detectScenes(probe, options));
  return segmentsFromCuts(probe.durationSec, await quietCuts(probe, options));
}

/**
 * Turns cuts into segments: cuts too close to their neighbours are left out, long stretches are divided evenly. Pure.
 * @param cuts seconds, ascending
 */
export function segmentsFromCuts(durationSec: number, cuts: readonly number[]): Segment[] {
  const edges = [0];
  for (const cut of cuts) {
    const isFarEnough = cut - (edges.at(-1) as number) >= SHORTEST_SEGMENT && durationSec - cut >= SHORTEST_SEGMENT;
    if (isFarEnough) edges.push(cut);
  }
  edges.push(durationSec);
  return edges.slice(1).flatMap((endSec, i) => divide({ startSec: edges[i] as number, endSec }));
}

function divide({ startSec, endSec }: Segment): Segment[] {
  const parts = Math.max(1, Math.ceil((endSec - startSec) / LONGEST_SEGMENT - 1e-9));
  const edge = (i: number) => (i === parts ? endSec : startSec + ((endSec - startSec) * i) / parts);
  return Array.from({ length: parts }, (_, i) => ({ startSec: edge(i), endSec: edge(i + 1) }));
}

async function quietCuts(probe: MediaProbe, options: { signal?: AbortSignal }): Promise<number[]> {
  const parts = Math.ceil(probe.durationSec / (LONGEST_SEGMENT - 2 * QUIET_REACH));
  if (probe.durationSec <= LONGEST_SEGMENT || probe.durationSec > LONGEST_LISTENED) return [];
  const waveform = await decodeWaveform(probe.path, { channel: 'mix', sampleRate: LOUDNESS_RATE, ...options });
  const even = Array.from({ length: parts - 1 }, (_, i) => (probe.durationSec * (i + 1)) / parts);
  return even.map((time) => quietestNear(waveform, LOUDNESS_RATE, time));
}

/** Seconds of the middle of the quietest tenth of a second within reach of `timeSec`. Pure. */
export function quietestNear(waveform: Float32Array, sampleRate: number, timeSec: number): number {
  const length = Math.round(LOUDNESS_WINDOW_SEC * sampleRate);
  const from = Math.max(0, Math.round((timeSec - QUIET_REACH) * sampleRate));
  const to = Math.min(waveform.length, Math.round((timeSec + QUIET_REACH) * sampleRate)) - length;
  let best = { energy: Number.POSITIVE_INFINITY, sec: timeSec };
  for (let start = from; start <= to; start += length) {
    let energy = 0;
    for (let i = start; i < start + length; i++) energy += (waveform[i] as number) ** 2;
    if (energy < best.energy) best = { energy, sec: (start + length / 2) / sampleRate };
  }
  return best.sec;
}
