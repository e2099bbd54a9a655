/**
 * Measures a bundle's world on a folder of its clips, and makes domain.json part of the bundle; or hands an earlier
 * measurement on, as long as the vision tower, the only network it looks through, is the same.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import PQueue from 'p-queue';
import { PlayheadError } from '../../src/contract/errors.ts';
import { probeMedia } from '../../src/main/core/media/probeMedia.ts';
import {
  bundleManifestSchema,
  manifestFileName,
  readBundleManifest,
  type VideoLlamaManifest,
} from '../../src/main/core/model/bundleManifest.ts';
import { domainFileName, writeDomain } from '../../src/main/core/model/domain/domainFile.ts';
import type { ClipDescriptors } from '../../src/main/core/model/domain/judgeDomain.ts';
import { describeClip } from '../../src/main/core/tasks/describeClip.ts';
import { loadVideoLlama, type VideoLlama } from '../../src/main/core/tasks/loadVideoLlama.ts';
import { startProgress } from '../lib/progress.ts';
import { measureDomain } from './measureDomain.ts';

/** Fewer say too little about what is rare. */
const FEWEST_CLIPS = 100;
const AT_ONCE = 3;

/**
 * @returns how many clips it was measured on
 * @throws PlayheadError `invalid-input` for too few clips; `model-missing`, `model-invalid`
 */
export async function calibrateBundle(bundleFolder: string, clipsFolder: string): Promise<number> {
  const files = await clipsOf(clipsFolder);
  const before = await withoutDomain(bundleFolder);
  const model = await loadVideoLlama({ bundleFolder, providers: ['cpu'] });
  const clips = await describeAll(model, files).finally(model.close);
  const domain = measureDomain(clips, before.architecture.vision.width);
  await addFile(bundleFolder, before, writeDomain(domain, clips.length));
  return clips.length;
}

/** A measured world, and the sha256 of the vision tower's files that it was measured through. */
export interface MeasuredWorld {
  tower: string[];
  text: string;
}

/** @returns null for a bundle without one */
export async function worldOf(bundleFolder: string): Promise<MeasuredWorld | null> {
  const manifest = await readBundleManifest(bundleFolder);
  if (manifest.kind !== 'videollama2' || manifest.domain === undefined) return null;
  return { tower: towerOf(manifest), text: await readFile(join(bundleFolder, manifest.domain.file), 'utf8') };
}

/** @throws PlayheadError `invalid-input` when the bundle's vision tower is another one */
export async function handOnWorld(bundleFolder: string, world: MeasuredWorld | null): Promise<void> {
  const bundle = await withoutDomain(bundleFolder);
  if (world !== null && String(towerOf(bundle)) === String(world.tower))
    return addFile(bundleFolder, bundle, world.text);
  throw new PlayheadError({
    code: 'invalid-input',
    message: 'The vision tower is not the one through which the world was measured.',
    hint: 'Measure it again: name a folder of clips with --clips.',
    file: bundleFolder,
  });
}

function towerOf({ files, graphs }: VideoLlamaManifest): string[] {
  return files.filter(({ path }) => path.startsWith(graphs.vision.file)).map(({ sha256 }) => sha256);
}

async function clipsOf(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.mp4')).sort();
  if (names.length >= FEWEST_CLIPS) return names.map((name) => join(folder, name));
  throw new PlayheadError({
    code: 'invalid-input',
    message: `This folder holds ${names.length} clips; a world is measured on at least ${FEWEST_CLIPS}.`,
    hint: 'Make some with `python -m training.heldout --out <folder> --clips 600 --seed 31001`.',
    file: folder,
  });
}

/** The bundle as it was imported: an earlier calibration is taken out of it. */
async function withoutDomain(bundleFolder: string): Promise<VideoLlamaManifest> {
  const manifest = await readBundleManifest(bundleFolder);
  if (manifest.kind !== 'videollama2') {
    throw new PlayheadError({
      code: 'model-invalid',
      message: 'This bundle answers no questions.',
      file: bundleFolder,
    });
  }
  const { domain, files, ...rest } = manifest;
  const bare = { ...rest, files: files.filter(({ path }) => path !== domain?.file) };
  await writeManifest(bundleFolder, bare);
  await rm(join(bundleFolder, domainFileName), { force: true });
  return bare;
}

/** Several at a time: most of it is waiting for ffmpeg. */
async function describeAll(model: VideoLlama, files: readonly string[]): Promise<ClipDescriptors[]> {
  const progress = startProgress('calibrating', files.length);
  const queue = new PQueue({ concurrency: AT_ONCE });
  const describe = async (path: string) => {
    const { kind, hasAudio, durationSec } = await probeMedia(path);
    const clip = await describeClip(model, { path, kind, hasAudio, segment: { startSec: 0, endSec: durationSec } });
    progress.step();
    return clip;
  };
  return queue.addAll(files.map((path) => () => describe(path))).finally(progress.end);
}

async function addFile(bundleFolder: string, manifest: VideoLlamaManifest, text: string): Promise<void> {
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

async function writeManifest(bundleFolder: string, manifest: VideoLlamaManifest): Promise<void> {
  const text = `${JSON.stringify(bundleManifestSchema.parse(manifest), null, 2)}\n`;
  await writeFile(join(bundleFolder, manifestFileName), text);
}
