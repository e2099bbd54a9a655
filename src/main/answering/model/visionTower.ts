import { join } from 'node:path';
import type { VideoLlamaManifest } from '../../models/bundleManifest.ts';
import { rowsPerRun } from './rowsPerRun.ts';
import { type FloatTensor, type OpenOptions, type OrtSession, openSession } from './session.ts';

/** CLIP or SigLIP up to the layer that the checkpoint selects; CLIP without its class token. */
export interface VisionTower {
  readonly provider: OrtSession['provider'];
  /**
   * @param pixelValues (T, 3, S, S)
   * @returns vision_features (T, P, C)
   * @throws the reason of `signal`, between two runs
   */
  encode(pixelValues: Float32Array, signal?: AbortSignal): Promise<FloatTensor>;
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

  return {
    get provider() {
      return session.provider;
    },
    async encode(pixelValues, signal) {
      const frames = pixelValues.length / frameLength;
      const features = new Float32Array(frames * featureLength);
      const framesPerRun = Math.max(1, Math.floor(rowsPerRun(session.provider) / tokensPerFrame));
      for (let first = 0; first < frames; first += framesPerRun) {
        signal?.throwIfAborted();
        const count = Math.min(framesPerRun, frames - first);
        const batch = pixelValues.subarray(first * frameLength, (first + count) * frameLength);
        const feeds = { pixel_values: { data: batch, dims: [count, 3, imageSize, imageSize] } };
        const { vision_features } = await session.run(feeds, ['vision_features']);
        features.set(vision_features.data, first * featureLength);
      }
      return { data: features, dims: [frames, tokensPerFrame, width] };
    },
    close: () => session.close(),
  };
}
