/** The bundles on this machine, as a person reads about them. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type ModelSummary, PlayheadError } from '../../contract/index.ts';
import { bundleFingerprint } from './bundleFingerprint.ts';
import { readBundleManifest } from './bundleManifest.ts';
import { kindOf } from './kinds/bundleKinds.ts';
import { isPartialName } from './partialBundle.ts';

/** Every whole bundle that is a subfolder of one of `parents`; folders that hold none are passed over. */
export async function listBundles(parents: string[]): Promise<ModelSummary[]> {
  const bundles: ModelSummary[] = [];
  for (const parent of parents) {
    const entries = await readdir(parent, { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      if (!entry.isDirectory() || isPartialName(entry.name)) continue;
      const bundle = await summariseBundle(join(parent, entry.name)).catch(() => null);
      if (bundle) bundles.push(bundle);
    }
  }
  return bundles;
}

/**
 * @throws PlayheadError `model-missing` where the folder holds no bundle, `model-invalid` where it holds
 * a broken one or one that cannot answer questions.
 */
export async function summariseBundle(folder: string): Promise<ModelSummary> {
  const manifest = await readBundleManifest(folder);
  const { what, answering } = kindOf(manifest);
  if (answering === null) {
    throw new PlayheadError({
      code: 'model-invalid',
      message: `This bundle is ${what} and cannot answer questions.`,
      file: folder,
      hint: 'Choose one that answers, such as a VideoLLaMA 2 bundle.',
    });
  }
  return {
    folder,
    name: manifest.name,
    description: manifest.description,
    licence: manifest.licence,
    source: manifest.source,
    version: bundleFingerprint(manifest),
    sizeBytes: manifest.files.reduce((sum, file) => sum + file.bytes, 0),
    isSampleModel: manifest.isSampleModel,
    ...answering(manifest),
    active: false,
  };
}
