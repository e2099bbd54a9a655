/** The bundle under test, in a model process of its own, as the app runs it. */
import { connectHost } from '../../src/main/channel/hostProcess.ts';
import { bundleFingerprint } from '../../src/main/models/bundleFingerprint.ts';
import { readBundleManifest, type VideoLlamaManifest } from '../../src/main/models/bundleManifest.ts';
import type { EmbeddingModelInfo, ModelHostApi } from '../../src/main/ports/modelHostApi.ts';
import { forkHost } from '../../src/main/shells/shared/forkHost.ts';

export interface OpenBundle {
  name: string;
  /** How the language model's weights are stored. */
  weights: string;
  provider: string;
  /** As many as it sees of a clip. */
  numFrames: number;
  /** Names the weights: answers of other ones are not taken over. */
  fingerprint: string;
  api: ModelHostApi;
  /** Null where the bundle brings no dual encoder. */
  embedder: EmbeddingModelInfo | null;
  close(): void;
}

/** @throws PlayheadError `model-missing`, `model-invalid` */
export async function openBundle(bundleFolder: string, provider: string): Promise<OpenBundle> {
  const manifest = (await readBundleManifest(bundleFolder)) as VideoLlamaManifest;
  const host = connectHost<ModelHostApi>(forkHost('modelHost'));
  try {
    const input = { bundleFolder, providers: [provider] };
    const model = await host.api.loadModel(input);
    for (const notice of model.notices) console.error(notice);
    return {
      name: manifest.name,
      weights: manifest.graphs.decoder.weights,
      provider: model.provider,
      numFrames: manifest.architecture.numFrames,
      fingerprint: bundleFingerprint(manifest),
      api: host.api,
      embedder: await host.api.loadEmbedder(input),
      close: host.kill,
    };
  } catch (thrown) {
    host.kill();
    throw thrown;
  }
}
