/**
 * A bundle is a folder that holds one model: manifest.json, ONNX graphs with their external data,
 * the tokenizer's files and, for a language model, its token embeddings as plain rows.
 * What its manifest says, kind by kind, is in `kinds/`.
 */
import { join } from 'node:path';
import { PlayheadError } from '../../contract/errors.ts';
import { LARGEST_TEXT_FILE, readRegularFile } from '../ports/regularFile.ts';
import { type BundleManifest, bundleManifestSchema } from './kinds/bundleKinds.ts';

export type { BundleManifest } from './kinds/bundleKinds.ts';
export { bundleManifestSchema } from './kinds/bundleKinds.ts';
export type { DualEncoderManifest } from './kinds/dualEncoderBundle.ts';
export type { VideoLlamaManifest } from './kinds/videoLlamaBundle.ts';
export type {
  AudioArchitecture,
  AudioPreprocessing,
  BundleGraph,
  ConnectorArchitecture,
  ConnectorType,
  KvCacheFormat,
  LanguageArchitecture,
  TextArchitecture,
  VisionArchitecture,
  VisionPreprocessing,
  WeightFormat,
} from './manifestParts.ts';
export { connectorTypeSchema, isBundlePath, kvCacheFormatSchema } from './manifestParts.ts';

export const manifestFileName = 'manifest.json';
/** A bundle's dual encoder for search, when it brings one: a whole bundle in this subfolder. */
export const embeddingFolderName = 'embedding';

/**
 * The manifest of a bundle folder, checked against the schema (files are not looked at: see `verifyBundle`).
 * @throws PlayheadError `model-missing` without manifest.json, `model-invalid` naming every field that is wrong.
 */
export async function readBundleManifest(bundleFolder: string): Promise<BundleManifest> {
  const file = join(bundleFolder, manifestFileName);
  const text = await readRegularFile(file, LARGEST_TEXT_FILE).catch((cause: unknown) => {
    if (cause instanceof PlayheadError) throw cause;
    throw new PlayheadError(
      { code: 'model-missing', message: 'This folder holds no model: it has no manifest.json.', file: bundleFolder },
      { cause },
    );
  });
  return parseBundleManifest(text.toString('utf8'), file);
}

/** As `readBundleManifest`, from the text of manifest.json; `file` is only named in errors. */
export function parseBundleManifest(text: string, file?: string): BundleManifest {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new PlayheadError({ code: 'model-invalid', message: 'manifest.json is not valid JSON.', file }, { cause });
  }
  const parsed = bundleManifestSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'manifest'}: ${issue.message}`);
  throw new PlayheadError({
    code: 'model-invalid',
    message: `manifest.json does not describe a bundle of this version: ${problems.join('; ')}.`,
    hint: 'Import the checkpoint again, or update Playhead.',
    file,
  });
}
