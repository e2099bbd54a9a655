/** Files that a small model's bundle carries beside its networks, named and hashed in its manifest. */
import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  bundleManifestSchema,
  manifestFileName,
  readBundleManifest,
  type VideoLlamaManifest,
} from '../../src/main/models/bundleManifest.ts';
import { requireKind } from '../../src/main/models/kinds/bundleKinds.ts';

/** domain: which footage it knows. questions: in which words it can be asked. */
export type BundlePart = 'domain' | 'questions';

/** The text of a part, or null for a bundle without it. */
export async function readPart(bundleFolder: string, part: BundlePart): Promise<string | null> {
  const named = (await readAnsweringManifest(bundleFolder))[part];
  return named === undefined ? null : readFile(join(bundleFolder, named.file), 'utf8');
}

/** Writes a part, in place of an earlier one. */
export async function addPart(bundleFolder: string, part: BundlePart, fileName: string, text: string): Promise<void> {
  const manifest = await removePart(bundleFolder, part);
  await writeFile(join(bundleFolder, fileName), text);
  const file = {
    path: fileName,
    bytes: Buffer.byteLength(text),
    sha256: createHash('sha256').update(text).digest('hex'),
  };
  await writeManifest(bundleFolder, { ...manifest, [part]: { file: fileName }, files: [...manifest.files, file] });
}

/** @returns the manifest of the bundle without that part */
export async function removePart(bundleFolder: string, part: BundlePart): Promise<VideoLlamaManifest> {
  const { [part]: named, ...rest } = await readAnsweringManifest(bundleFolder);
  const bare = { ...rest, files: rest.files.filter(({ path }) => path !== named?.file) };
  await writeManifest(bundleFolder, bare);
  if (named) await rm(join(bundleFolder, named.file), { force: true });
  return bare;
}

/** @throws PlayheadError `model-invalid` for a bundle that answers nothing */
export async function readAnsweringManifest(bundleFolder: string): Promise<VideoLlamaManifest> {
  return requireKind(await readBundleManifest(bundleFolder), 'videollama2', bundleFolder);
}

async function writeManifest(bundleFolder: string, manifest: VideoLlamaManifest): Promise<void> {
  const text = `${JSON.stringify(bundleManifestSchema.parse(manifest), null, 2)}\n`;
  await writeFile(join(bundleFolder, manifestFileName), text);
}
