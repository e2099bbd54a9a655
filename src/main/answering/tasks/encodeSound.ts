import type { Stopwatch } from '../../ports/stopwatch.ts';
import type { AudioTower } from '../model/audioTower.ts';
import { type DeviceFeatures, disposeAll } from '../model/deviceFeatures.ts';
import type { FloatTensor } from '../model/session.ts';
import type { DeviceTensor } from '../model/tensors.ts';
import { computeFbank, normaliseFbank } from '../preprocess/fbank.ts';

export interface EncodeSoundOptions {
  /** Hears of each window's normalised fbank (F, 128), in order. */
  onFbank?: (fbank: Float32Array) => void;
  signal?: AbortSignal;
}

/** The same in the adapter's memory, the windows one after the other; null where they are not finite. */
export async function encodeSoundOnDevice(
  audioTower: AudioTower,
  windows: readonly Float32Array[],
  room: DeviceFeatures,
  { clock, signal }: { clock: Stopwatch; signal?: AbortSignal },
): Promise<DeviceTensor | null> {
  const tokens: DeviceTensor[] = [];
  try {
    for (const window of windows) {
      signal?.throwIfAborted();
      const { data, frames } = await clock.time('fbank', () => normalisedFbank(window));
      tokens.push(await clock.time('audio tower', () => audioTower.hearOnDevice(data, frames, room)));
    }
    return await room.finiteOnly(await room.join(tokens));
  } finally {
    disposeAll(tokens);
  }
}

/** @returns (F, 128) */
function normalisedFbank(window: Float32Array): { data: Float32Array; frames: number } {
  const { data, frames } = computeFbank(window);
  return { data: normaliseFbank(data), frames };
}

/**
 * Windows of sound to audio tokens, one after the other.
 * @param windows 16 kHz waveforms, each exactly as long as the model's window
 * @returns audio_tokens (windows · N, D)
 */
export async function encodeSound(
  audioTower: AudioTower,
  windows: readonly Float32Array[],
  clock: Stopwatch,
  { onFbank, signal }: EncodeSoundOptions = {},
): Promise<FloatTensor> {
  const tokens: FloatTensor[] = [];
  for (const window of windows) {
    signal?.throwIfAborted();
    const fbank = await clock.time('fbank', () => normalisedFbank(window));
    onFbank?.(fbank.data);
    const features = await clock.time('audio tower', () => audioTower.encode(fbank.data, fbank.frames)); // (N, C)
    tokens.push(await clock.time('audio projector', () => audioTower.project(features))); // (N, D)
  }
  return joinTokens(tokens);
}

/** (N_1, D), (N_2, D), … to (N_1 + N_2 + …, D) */
export function joinTokens(parts: readonly FloatTensor[]): FloatTensor {
  const joined = new Float32Array(parts.reduce((length, part) => length + part.data.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part.data, at);
    at += part.data.length;
  }
  const width = parts[0]?.dims.at(-1) ?? 0;
  return { data: joined, dims: [width === 0 ? 0 : joined.length / width, width] };
}
