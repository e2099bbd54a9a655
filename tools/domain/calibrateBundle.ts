/** Measures a bundle's world on a folder of its clips, and makes domain.json part of the bundle. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import PQueue from 'p-queue';
import { PlayheadError } from '../../src/contract/errors.ts';
import { domainFileName, writeDomain } from '../../src/main/answering/model/domain/domainFile.ts';
import type { ClipDescriptors } from '../../src/main/answering/model/domain/judgeDomain.ts';
import { describeClip } from '../../src/main/answering/tasks/describeClip.ts';
import { loadVideoLlama, type VideoLlama } from '../../src/main/answering/tasks/loadVideoLlama.ts';
import { openMedia } from '../../src/main/media/openMedia.ts';
import { addPart, removePart } from '../lib/bundleParts.ts';
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
  const before = await removePart(bundleFolder, 'domain');
  const model = await loadVideoLlama({ bundleFolder, providers: ['cpu'] });
  const clips = await describeAll(model, files).finally(model.close);
  const domain = measureDomain(clips, before.architecture.vision.width);
  await addPart(bundleFolder, 'domain', domainFileName, writeDomain(domain, clips.length));
  return clips.length;
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

/** Several at a time: most of it is waiting for ffmpeg. */
async function describeAll(model: VideoLlama, files: readonly string[]): Promise<ClipDescriptors[]> {
  const progress = startProgress('calibrating', files.length);
  const queue = new PQueue({ concurrency: AT_ONCE });
  const describe = async (path: string) => {
    const { kind, hasAudio, durationSec } = (await openMedia(path)).facts;
    const clip = await describeClip(model, { path, kind, hasAudio, segment: { startSec: 0, endSec: durationSec } });
    progress.step();
    return clip;
  };
  return queue.addAll(files.map((path) => () => describe(path))).finally(progress.end);
}
