import { join } from 'node:path';
import type { VideoLlamaManifest } from '../../models/bundleManifest.ts';
import { type DeviceFeatures, disposeAll } from './deviceFeatures.ts';
import { rowsPerRun } from './rowsPerRun.ts';
import { type FloatTensor, type OpenOptions, type OrtSession, openSession } from './session.ts';
import type { DeviceTensor } from './tensors.ts';

/** CLIP or SigLIP up to the layer that the checkpoint selects; CLIP without its class token. */
export interface VisionTower {
  readonly provider: OrtSession['provider'];
  /**
   * @param pixelValues (T, 3, S, S)
   * @returns vision_features (T, P, C)
   * @throws the reason of `signal`, between two runs
   */
  encode(pixelValues: Float32Array, signal?: AbortSignal): Promise<FloatTensor>;
  /** The same, and what it gives stays in the adapter's memory: the caller disposes it. Nothing checks its numbers. */
  encodeOnDevice(pixelValues: Float32Array, room: DeviceFeatures, signal?: AbortSignal): Promise<DeviceTensor>;
  close(): Promise<void>;
}

export async function openVisionTower(
  bundleFolder: string,
  manifest: VideoLlamaManifest,
  options: OpenOptions,
): Promise<VisionTower> {
  const session = await openSession(join(bundleFolder, manifest.graphs.vision.file), options);
  const { imageSize, tokensPerFrame, width } = manifest.architecture.vision;
  const frameLength = 3 * imageSize * imageSize;
  const featureLength = tokensPerFrame * width;
  /** What one run takes, after the other. */
  function* batches(pixelValues: Float32Array) {
    const frames = pixelValues.length / frameLength;
    const framesPerRun = Math.max(1, Math.floor(rowsPerRun(session.provider) / tokensPerFrame));
    for (let first = 0; first < frames; first += framesPerRun) {
      const count = Math.min(framesPerRun, frames - first);
      const data = pixelValues.subarray(first * frameLength, (first + count) * frameLength);
      yield { first, count, feeds: { pixel_values: { data, dims: [count, 3, imageSize, imageSize] } } };
    }
  }

  return {
    get provider() {
      return session.provider;
    },
    async encode(pixelValues, signal) {
      const frames = pixelValues.length / frameLength;
      const features = new Float32Array(frames * featureLength);
      for (const { first, feeds } of batches(pixelValues)) {
        signal?.throwIfAborted();
        const { vision_features } = await session.run(feeds, ['vision_features']);
        features.set(vision_features.data, first * featureLength);
      }
      return { data: features, dims: [frames, tokensPerFrame, width] };
    },
    async encodeOnDevice(pixelValues, room, signal) {
      const parts: DeviceTensor[] = [];
      try {
        for (const { count, feeds } of batches(pixelValues)) {
          signal?.throwIfAborted();
          const vision_features = await room.room([count, tokensPerFrame, width]);
          parts.push(vision_features);
          await session.run(feeds, [], { vision_features });
        }
        return await room.join(parts);
      } finally {
        disposeAll(parts);
      }
    },
    close: () => session.close(),
  };
}
