/** The bundles on this machine, as a person reads about them. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type ModelSummary, PlayheadError, type SearchModel } from '../../contract/index.ts';
import { bundleFingerprint } from './bundleFingerprint.ts';
import { type BundleManifest, readBundleManifest } from './bundleManifest.ts';
import { kindOf } from './kinds/bundleKinds.ts';
import { isPartialName } from './partialBundle.ts';

/** Every whole bundle that is a subfolder of one of `parents`; folders that hold none are passed over. */
export const listBundles = (parents: string[]) => listBy(summariseBundle, parents);
/** The same of dual encoders for search. */
export const listSearchBundles = (parents: string[]) => listBy(summariseSearchBundle, parents);

async function listBy<Summary>(summarise: (folder: string) => Promise<Summary>, parents: string[]): Promise<Summary[]> {
  const bundles: Summary[] = [];
  for (const parent of parents) {
    const entries = await readdir(parent, { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      if (!entry.isDirectory() || isPartialName(entry.name)) continue;
      const bundle = await summarise(join(parent, entry.name)).catch(() => null);
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
  return { ...factsOf(folder, manifest), isSampleModel: manifest.isSampleModel, ...answering(manifest), active: false };
}

/** @throws PlayheadError `model-missing`, `model-invalid` for what is no dual encoder */
export async function summariseSearchBundle(folder: string): Promise<SearchModel> {
  const manifest = await readBundleManifest(folder);
  if (!kindOf(manifest).isForSearch)
    throw new PlayheadError({
      code: 'model-invalid',
      message: `This bundle is ${kindOf(manifest).what} and gives search no vectors.`,
      file: folder,
      hint: 'Choose a dual encoder, such as SigLIP.',
    });
  return { ...factsOf(folder, manifest), active: false };
}

function factsOf(folder: string, manifest: BundleManifest) {
  const { name, description, licence, source, files } = manifest;
  const sizeBytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return { folder, name, description, licence, source, version: bundleFingerprint(manifest), sizeBytes };
}
