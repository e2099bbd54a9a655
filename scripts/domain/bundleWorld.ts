/**
 * The world that a bundle knows (domain.json) as a part of the bundle: taken out, put in, and handed on from one bundle
 * to the next as long as the vision tower, the only network it was measured through, is the same.
 */
import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PlayheadError } from '../../src/contract/errors.ts';
import {
  bundleManifestSchema,
  manifestFileName,
  readBundleManifest,
  type VideoLlamaManifest,
} from '../../src/main/core/model/bundleManifest.ts';
import { domainFileName } from '../../src/main/core/model/domain/domainFile.ts';

interface MeasuredWorld {
  /** The vision tower's sizes and the sha256 of its weights. */
  tower: string;
  text: string;
}

/** @returns null for a bundle without one */
export async function worldOf(bundleFolder: string): Promise<MeasuredWorld | null> {
  const manifest = await readAnswering(bundleFolder);
  if (manifest.domain === undefined) return null;
  return { tower: towerOf(manifest), text: await readFile(join(bundleFolder, manifest.domain.file), 'utf8') };
}

/** @throws PlayheadError `invalid-input` when the bundle's vision tower is another one */
export async function handOnWorld(bundleFolder: string, world: MeasuredWorld | null): Promise<void> {
  const bundle = await withoutWorld(bundleFolder);
  if (world === null || towerOf(bundle) !== world.tower) {
    throw new PlayheadError({
      code: 'invalid-input',
      message: 'The vision tower is not the one through which the world was measured.',
      hint: 'Measure it again: name a folder of clips with --clips.',
      file: bundleFolder,
    });
  }
  await addWorld(bundleFolder, bundle, world.text);
}

/** The bundle as it was imported: an earlier world is taken out of it. */
export async function withoutWorld(bundleFolder: string): Promise<VideoLlamaManifest> {
  const { domain, files, ...rest } = await readAnswering(bundleFolder);
  const bare = { ...rest, files: files.filter(({ path }) => path !== domain?.file) };
  await writeManifest(bundleFolder, bare);
  await rm(join(bundleFolder, domainFileName), { force: true });
  return bare;
}

/** @param text what `writeDomain` made */
export async function addWorld(bundleFolder: string, manifest: VideoLlamaManifest, text: string): Promise<void> {
  await writeFile(join(bundleFolder, domainFileName), text);
  const file = {
    path: domainFileName,
    bytes: Buffer.byteLength(text),
    sha256: createHash('sha256').update(text).digest('hex'),
  };
  await writeManifest(bundleFolder, {
    ...manifest,
    domain: { file: domainFileName },
    files: [...manifest.files, file],
  });
}

/** The operators that compute it may have become others (the graph's own file), the weights not. */
function towerOf({ files, graphs, architecture }: VideoLlamaManifest): string {
  const weights = files.find(({ path }) => path === graphs.vision.dataFile)?.sha256;
  return JSON.stringify([architecture.vision, weights]);
}

async function readAnswering(bundleFolder: string): Promise<VideoLlamaManifest> {
  const manifest = await readBundleManifest(bundleFolder);
  if (manifest.kind === 'videollama2') return manifest;
  throw new PlayheadError({
    code: 'model-invalid',
    message: 'This bundle answers no questions.',
    file: bundleFolder,
  });
}

async function writeManifest(bundleFolder: string, manifest: VideoLlamaManifest): Promise<void> {
  const text = `${JSON.stringify(bundleManifestSchema.parse(manifest), null, 2)}\n`;
  await writeFile(join(bundleFolder, manifestFileName), text);
}
