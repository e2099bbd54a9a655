/** Which family answers with which kind of bundle (`models/kinds/`). Adding one: its file here, its row in this table. */
import { PlayheadError } from '../../../../contract/index.ts';
import { readBundleManifest } from '../../../models/bundleManifest.ts';
import { type BundleKindName, kindOf } from '../../../models/kinds/bundleKinds.ts';
import type { LoadModelInput } from '../../../ports/modelHostApi.ts';
import type { Answerer, AnswererFamily } from './answerer.ts';
import { videoLlamaFamily } from './videoLlamaAnswerer.ts';

export const answererFamilies: Readonly<Partial<Record<BundleKindName, AnswererFamily>>> = {
  videollama2: videoLlamaFamily,
};

/** @throws PlayheadError `model-missing`; `model-invalid`, also for a bundle that answers nothing */
export async function openAnswerer(
  input: LoadModelInput,
  families: typeof answererFamilies = answererFamilies,
): Promise<Answerer> {
  const manifest = await readBundleManifest(input.bundleFolder);
  const family = families[manifest.kind];
  if (family) return family.open(input);
  throw new PlayheadError({
    code: 'model-invalid',
    message: `This bundle is ${kindOf(manifest).what} and cannot answer questions.`,
    file: input.bundleFolder,
  });
}
