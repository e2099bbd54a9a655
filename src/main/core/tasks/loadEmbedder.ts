import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PlayheadError } from '../../../contract/errors.ts';
import { type DualEncoderManifest, embeddingFolderName, manifestFileName } from '../model/bundleManifest.ts';
import { type DualEncoder, openDualEncoder } from '../model/dualEncoder.ts';
import { verifyBundle } from '../model/verifyBundle.ts';
import type { LoadModelInput } from '../ports/modelHostApi.ts';
import { loadTextTokenizer, type TextTokenizer } from '../preprocess/text/textTokenizer.ts';
import { bundleFingerprint } from './bundleFingerprint.ts';

/** The dual encoder of a bundle with its tokenizer. */
export interface Embedder {
  manifest: DualEncoderManifest;
  dualEncoder: DualEncoder;
  tokenizer: TextTokenizer;
  /** Names the vector space: the model's name and its weights. */
  space: string;
}

/**
 * @param input the bundle in whose `embedding/` the dual encoder stands
 * @returns null when the bundle has none
 * @throws PlayheadError `model-invalid`
 */
export async function loadEmbedder({ bundleFolder, providers, stampFolder }: LoadModelInput): Promise<Embedder | null> {
  const folder = join(bundleFolder, embeddingFolderName);
  const isThere = await stat(join(folder, manifestFileName)).then(
    () => true,
    () => false,
  );
  if (!isThere) return null;
  const manifest = await verifyBundle(folder, { stampFolder });
  if (manifest.kind !== 'dual-encoder') {
    throw new PlayheadError({
      code: 'model-invalid',
      message: 'The embedding folder of this bundle holds no dual encoder.',
      file: folder,
    });
  }
  return {
    manifest,
    dualEncoder: await openDualEncoder(folder, manifest, { providers }),
    tokenizer: await loadTextTokenizer(folder),
    space: `${manifest.name}@${bundleFingerprint(manifest)}`,
  };
}
