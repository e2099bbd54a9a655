import { join } from 'node:path';
import type { DevicePlan } from '../../../contract/device.ts';
import type { PartPlacement } from '../../../contract/parts.ts';
import { bundleFingerprint } from '../../models/bundleFingerprint.ts';
import {
  type DualEncoderManifest,
  embeddingFolderName,
  manifestFileName,
  readBundleManifest,
} from '../../models/bundleManifest.ts';
import { requireKind } from '../../models/kinds/bundleKinds.ts';
import { verifyBundle } from '../../models/verifyBundle.ts';
import { exists } from '../../ports/exists.ts';
import type { LoadModelInput } from '../../ports/modelHostApi.ts';
import { type DualEncoder, openDualEncoder } from '../model/dualEncoder.ts';
import { placeParts } from '../model/look/placements.ts';
import { type QuestionWords, readQuestionWords } from '../model/questions/questionsFile.ts';
import { loadTextTokenizer, type TextTokenizer } from '../preprocess/text/textTokenizer.ts';
import { lookAtEmbedder } from './lookAtEmbedder.ts';
import { lookAtParts } from './lookAtParts.ts';

/** The dual encoder of a bundle with its tokenizer. */
export interface Embedder {
  manifest: DualEncoderManifest;
  dualEncoder: DualEncoder;
  tokenizer: TextTokenizer;
  /** Names the vector space: the model's name and its weights. */
  space: string;
  /** Of a bundle that knows a bounded world: the words that it can be asked in. */
  questions: QuestionWords | null;
  /** Where each of its networks runs. */
  parts(): PartPlacement[];
  plan: DevicePlan | null;
}

/**
 * @param input the dual encoder's own bundle, or the one in whose `embedding/` it stands
 * @returns null when the bundle has none
 * @throws PlayheadError `model-invalid`
 */
export async function loadEmbedder(input: LoadModelInput): Promise<Embedder | null> {
  const { bundleFolder, providers, stampFolder } = input;
  const outer = await readBundleManifest(bundleFolder);
  const folder = outer.kind === 'dual-encoder' ? bundleFolder : join(bundleFolder, embeddingFolderName);
  if (!(await exists(join(folder, manifestFileName)))) return null;
  const manifest = requireKind(await verifyBundle(folder, { stampFolder }), 'dual-encoder', folder);
  const questions = 'questions' in outer ? await readQuestionWords(bundleFolder, outer) : null;
  const tokenizer = await loadTextTokenizer(folder);
  const trust = await lookAtParts(input, manifest, (judge, clip) =>
    lookAtEmbedder({ folder, manifest, tokenizer }, judge, clip),
  );
  const { optionsOf, placementOf } = placeParts(providers, trust, []);
  const opening = openDualEncoder(folder, manifest, optionsOf('image'), optionsOf('text'));
  const dualEncoder = await opening.finally(trust.release);
  return {
    manifest,
    dualEncoder,
    tokenizer,
    parts: () => [placementOf('image', dualEncoder.provider), placementOf('text', dualEncoder.textProvider)],
    plan: trust.plan,
    space: `${manifest.name}@${bundleFingerprint(manifest)}`,
    questions,
  };
}
