/**
 * Seeing and hearing without the way over the host: towers, connector, projector and the language model's prompt, where
 * all of them run on the adapter. Of what stays there nothing can be checked but a sum; where that is not finite, the
 * clip goes over the host once more, where each network is checked by itself and the one that failed gives way.
 */
import type { Stopwatch } from '../../ports/stopwatch.ts';
import type { CachedDecoder } from '../model/decoder.ts';
import { type DeviceFeatures, disposeAll } from '../model/deviceFeatures.ts';
import { DeviceTensor, type FloatTensor } from '../model/tensors.ts';
import type { VideoLlama } from './loadVideoLlama.ts';

export type Tokens = FloatTensor | DeviceTensor;

/** Null where something of the way does not run on the adapter now. */
export function roomForSight({
  deviceFeatures,
  visionTower,
  connector,
  languageModel,
}: VideoLlama): DeviceFeatures | null {
  const networks = [visionTower, connector, languageModel];
  return networks.every(({ provider }) => provider !== 'cpu') ? deviceFeatures : null;
}

export function roomForHearing({ deviceFeatures, audioTower, languageModel }: VideoLlama): DeviceFeatures | null {
  const providers = [audioTower?.provider, audioTower?.projectorProvider, languageModel.provider];
  return providers.every((provider) => provider !== 'cpu') ? deviceFeatures : null;
}

/**
 * @param pixelValues (T', 3, S, S); @param indices which of these each frame is
 * @returns video_tokens (L, D) in the adapter's memory, or null where they are not finite
 */
export async function seeOnDevice(
  { visionTower, connector }: Pick<VideoLlama, 'visionTower' | 'connector'>,
  { pixelValues, indices }: { pixelValues: Float32Array; indices: readonly number[] },
  room: DeviceFeatures,
  { clock, signal }: { clock: Stopwatch; signal?: AbortSignal },
): Promise<DeviceTensor | null> {
  const distinct = await clock.time('vision tower', () => visionTower.encodeOnDevice(pixelValues, room, signal));
  const isPlain = indices.every((index, at) => index === at);
  const features = isPlain ? distinct : await room.pick(distinct, indices).finally(() => distinct.dispose());
  const tokens = await clock
    .time('connector', () => connector.connectOnDevice(features, room))
    .finally(() => features.dispose());
  return room.finiteOnly(tokens);
}

/**
 * Reads a prompt of which some parts are in the adapter's memory, in chunks.
 * @param parts (n, D) each; all of them are given back
 * @throws the reason of `signal`, between two chunks
 */
export async function prefillFromDevice(
  decoder: CachedDecoder,
  parts: readonly Tokens[],
  room: DeviceFeatures,
  signal?: AbortSignal,
): Promise<void> {
  const there: DeviceTensor[] = [];
  let prompt: DeviceTensor | null = null;
  try {
    for (const part of parts)
      if ((part.dims[0] ?? 0) > 0) there.push(part instanceof DeviceTensor ? part : await room.upload(part));
    prompt = await room.join(there);
    const [length = 0] = prompt.dims;
    for (let start = 0; start < length; start += decoder.prefillChunk) {
      signal?.throwIfAborted();
      const chunk = await room.rows(prompt, start, Math.min(length, start + decoder.prefillChunk));
      await decoder.prefill(chunk).finally(() => chunk.dispose());
    }
  } finally {
    disposeAll(new Set([...parts, ...there, prompt]));
  }
}
