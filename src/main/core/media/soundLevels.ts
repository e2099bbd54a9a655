/** How loud a file is over time, without ever holding its sound: what sound is cut by and drawn from. */
import { passWaveform } from './decodeWaveform.ts';
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
  const energies: number[] = [];
  let rest = Buffer.alloc(0);
  let sum = 0;
  let count = 0;
  await passWaveform(source, { ...options, channel: 'mix', sampleRate: RATE }, (chunk) => {
    const bytes =
      rest.length > 0 ? Buffer.concat([rest, chunk]) : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
    const samples = Math.floor(bytes.length / 4);
    for (let i = 0; i < samples; i++) {
      sum += bytes.readFloatLE(i * 4) ** 2;
      if (++count < WINDOW) continue;
      energies.push(sum / WINDOW);
      sum = 0;
      count = 0;
    }
    rest = Buffer.from(bytes.subarray(samples * 4));
  });
  if (count > 0) energies.push(sum / count);
  return { energies: Float32Array.from(energies), windowSec: WINDOW_SEC };
}

/** The windows of a stretch. */
export function levelsWithin({ energies, windowSec }: SoundLevels, startSec: number, endSec: number): Float32Array {
  return energies.subarray(Math.floor(startSec / windowSec), Math.ceil(endSec / windowSec));
}
