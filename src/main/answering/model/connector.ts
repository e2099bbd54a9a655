import { join } from 'node:path';
import type { VideoLlamaManifest } from '../../models/bundleManifest.ts';
import { type DeviceFeatures, intoPlace } from './deviceFeatures.ts';
import { type FloatTensor, type OpenOptions, type OrtSession, openSession } from './session.ts';
import type { DeviceTensor } from './tensors.ts';

/** The STC connector (or one of its relatives): all frames at once to the language model's width. */
export interface Connector {
  readonly provider: OrtSession['provider'];
  /**
   * @param visionFeatures (T, P, C)
   * @returns video_tokens (L, D)
   */
  connect(visionFeatures: FloatTensor): Promise<FloatTensor>;
  /** The same in the adapter's memory, for as many frames as the model has: the caller disposes it. */
  connectOnDevice(visionFeatures: DeviceTensor, room: DeviceFeatures): Promise<DeviceTensor>;
  close(): Promise<void>;
}

export async function openConnector(
  bundleFolder: string,
  manifest: VideoLlamaManifest,
  options: OpenOptions,
): Promise<Connector> {
  const session = await openSession(join(bundleFolder, manifest.graphs.connector.file), options);
  return {
    get provider() {
      return session.provider;
    },
    async connect(visionFeatures) {
      const { video_tokens } = await session.run({ vision_features: visionFeatures }, ['video_tokens']);
      return video_tokens;
    },
    async connectOnDevice(visionFeatures, room) {
      const { videoTokens, outputSize } = manifest.architecture.connector;
      const video_tokens = await room.room([videoTokens, outputSize]);
      return intoPlace(video_tokens, () => session.run({ vision_features: visionFeatures }, [], { video_tokens }));
    },
    close: () => session.close(),
  };
}
