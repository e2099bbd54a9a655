/** Which family answers for which kind of bundle. Adding one: its file here, its row in this table, its kind of bundle. */
import { PlayheadError } from '../../../../contract/index.ts';
import { readBundleManifest } from '../../../models/bundleManifest.ts';
import type { LoadModelInput } from '../../../ports/modelHostApi.ts';
import type { Answerer, AnswererFamily } from './answerer.ts';
import { videoLlamaFamily } from './videoLlamaAnswerer.ts';

export const answererFamilies: Readonly<Record<string, AnswererFamily>> = {
  videollama2: videoLlamaFamily,
};

/** @throws PlayheadError `model-missing`; `model-invalid`, also for a bundle that answers nothing */
export async function openAnswerer(input: LoadModelInput, families = answererFamilies): Promise<Answerer> {
  const { kind } = await readBundleManifest(input.bundleFolder);
  const family = families[kind];
  if (family) return family.open(input);
  throw new PlayheadError({
    code: 'model-invalid',
    message: 'This bundle is a dual encoder for search; it cannot answer questions.',
    file: input.bundleFolder,
  });
}
