import { join } from 'node:path';
import type { VideoLlamaManifest } from '../../models/bundleManifest.ts';
import { type FloatTensor, type OpenOptions, type OrtSession, openSession } from './session.ts';

/** The STC connector (or one of its relatives): all frames at once to the language model's width. */
export interface Connector {
  readonly provider: OrtSession['provider'];
  /**
   * @param visionFeatures (T, P, C)
   * @returns video_tokens (L, D)
   */
  connect(visionFeatures: FloatTensor): Promise<FloatTensor>;
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
    close: () => session.close(),
  };
}
