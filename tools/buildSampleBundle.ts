/**
 * Imports the trained sample checkpoint into the bundle that ships with Playhead, and calibrates it:
 * `node tools/buildSampleBundle.ts [--checkpoint <folder>] [--dual <folder>] [--clips <folder>]`
 * The clips are 600 of the sample world, made by `python -m training.heldout --out <folder> --clips 600 --seed 31001`:
 * from them the bundle learns which footage it knows (see `calibrateDomain.ts`). Without them it keeps what the
 * bundle before it knew, if its vision tower has not changed.
 */
import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { importCheckpoint } from '../src/main/importing/importCheckpoint.ts';
import { copyMeasuredWorld, worldOf } from './domain/bundleWorld.ts';
import { calibrateBundle } from './domain/calibrateBundle.ts';
import { addQuestionWords } from './questions/addQuestionWords.ts';

const root = join(import.meta.dirname, '..');
const {
  values: { checkpoint, dual, clips },
} = parseArgs({
  options: {
    checkpoint: { type: 'string', default: join(root, 'training/out/sample-av') },
    dual: { type: 'string', default: join(root, 'training/out/dual') },
    clips: { type: 'string' },
  },
});
const shipped = join(root, 'resources/models/sample-av');
/** The bundle that ships stays as it is until the new one is whole. */
const bundleFolder = `${shipped}.new`;

const card = {
  isSampleModel: true,
  licence: 'Apache-2.0',
  source: 'trained from nothing by training/ in this repository',
  description:
    'A small model of the VideoLLaMA 2.1 AV family that knows only the sample world: coloured shapes, simple movements and sounds.',
};

await rm(bundleFolder, { recursive: true, force: true });
await importCheckpoint({
  ...card,
  checkpointFolder: resolve(checkpoint),
  bundleFolder,
  name: 'playhead-sample-av',
  // Trained on single questions about clips of four seconds (training/), which fit into one window of its audio tower.
  maxClipSeconds: 4.2,
  conversation: false,
  weights: 'fp16',
});
if (existsSync(join(dual, 'model.safetensors'))) {
  await importCheckpoint({
    ...card,
    checkpointFolder: resolve(dual),
    bundleFolder: join(bundleFolder, 'embedding'),
    name: 'playhead-sample-dual',
    description: 'A small SigLIP-style dual encoder of the sample world, for search by meaning.',
    weights: 'fp16',
  });
}
await (clips === undefined
  ? copyMeasuredWorld(bundleFolder, await worldOf(shipped))
  : calibrateBundle(bundleFolder, resolve(clips)));
await addQuestionWords(bundleFolder, join(import.meta.dirname, 'questions/sampleWorld.json'));
await rm(shipped, { recursive: true, force: true });
await rename(bundleFolder, shipped);
process.stdout.write(`${shipped}\n`);
