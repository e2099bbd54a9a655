/** How loud a file is over time, without ever holding its sound: what sound is cut by and drawn from. */
import { passWaveform } from './decodeWaveform.ts';
import { createLoudnessMeter } from './loudnessMeter.ts';
import type { Source } from './openSource.ts';
import { rememberPerFile } from './rememberPerFile.ts';

export interface SoundLevels {
  /** Mean square of each window, 0 to 1. */
  energies: Float32Array;
  /** Seconds per window. */
  windowSec: number;
}

/** Hz: enough to tell quiet from loud. */
const RATE = 4000;
const WINDOW_SEC = 0.01;
const WINDOW = RATE * WINDOW_SEC;

const remember = rememberPerFile<SoundLevels>(4);

/** @throws PlayheadError as `decodeWaveform` does */
export async function measureSoundLevels(
  source: Source,
  options: { signal?: AbortSignal | undefined } = {},
): Promise<SoundLevels> {
  return remember(source.path, 'levels', () => measure(source, options), options.signal);
}

async function measure(source: Source, options: { signal?: AbortSignal | undefined }): Promise<SoundLevels> {
  const meter = createLoudnessMeter(WINDOW, source.durationSec / WINDOW_SEC + 1);
  await passWaveform(source, { ...options, channel: 'mix', sampleRate: RATE }, meter.push);
  return { energies: meter.end(), windowSec: WINDOW_SEC };
}

/** The windows of a stretch. */
export function levelsWithin({ energies, windowSec }: SoundLevels, startSec: number, endSec: number): Float32Array {
  return energies.subarray(Math.floor(startSec / windowSec), Math.ceil(endSec / windowSec));
}
