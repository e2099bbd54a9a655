import { join } from 'node:path';
import type { VideoLlamaManifest } from '../../models/bundleManifest.ts';
import { type DeviceFeatures, intoPlace } from './deviceFeatures.ts';
import { openTogether } from './openTogether.ts';
import { type FloatTensor, type OpenOptions, type OrtSession, openSession } from './session.ts';
import type { DeviceTensor } from './tensors.ts';

/** BEATs and its projector: one window of sound to tokens of the language model's width. */
export interface AudioTower {
  readonly provider: OrtSession['provider'];
  readonly projectorProvider: OrtSession['provider'];
  /**
   * @param fbank (F, 128), rounded to bf16 and normalised
   * @returns audio_features (N, C)
   */
  encode(fbank: Float32Array, frames: number): Promise<FloatTensor>;
  /**
   * @param audioFeatures (N, C)
   * @returns audio_tokens (N, D)
   */
  project(audioFeatures: FloatTensor): Promise<FloatTensor>;
  /** From fbank to audio_tokens (N, D) of one window, all in the adapter's memory: the caller disposes it. */
  hearOnDevice(fbank: Float32Array, frames: number, room: DeviceFeatures): Promise<DeviceTensor>;
  close(): Promise<void>;
}

/** Null for a model that only sees. */
export async function openAudioTower(
  bundleFolder: string,
  manifest: VideoLlamaManifest,
  options: OpenOptions,
  projectorOptions = options,
): Promise<AudioTower | null> {
  const { audio, audioProjector } = manifest.graphs;
  const settings = manifest.preprocessing.audio;
  if (audio === null || audioProjector === null || settings === null) return null;
  const { tower, projector } = await openTogether({
    tower: () => openSession(join(bundleFolder, audio.file), options),
    projector: () => openSession(join(bundleFolder, audioProjector.file), projectorOptions),
  });
  return {
    get provider() {
      return tower.provider;
    },
    get projectorProvider() {
      return projector.provider;
    },
    async encode(fbank, frames) {
      const feeds = { fbank: { data: fbank, dims: [1, frames, settings.melBins] } };
      const { audio_features } = await tower.run(feeds, ['audio_features']);
      return audio_features;
    },
    async project(audioFeatures) {
      const { audio_tokens } = await projector.run({ audio_features: audioFeatures }, ['audio_tokens']);
      return audio_tokens;
    },
    async hearOnDevice(fbank, frames, room) {
      const { tokens, width } = manifest.architecture.audio ?? { tokens: 0, width: 0 };
      const feeds = { fbank: { data: fbank, dims: [1, frames, settings.melBins] } };
      const audio_features = await room.room([tokens, width]);
      await intoPlace(audio_features, () => tower.run(feeds, [], { audio_features }));
      try {
        const audio_tokens = await room.room([tokens, manifest.architecture.language.hiddenSize]);
        return await intoPlace(audio_tokens, () => projector.run({ audio_features }, [], { audio_tokens }));
      } finally {
        audio_features.dispose();
      }
    },
    async close() {
      await tower.close();
      await projector.close();
    },
  };
}
