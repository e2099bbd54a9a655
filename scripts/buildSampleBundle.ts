/**
 * Imports the trained sample checkpoint into the bundle that ships with Playhead:
 * `node scripts/buildSampleBundle.ts [checkpoint folder] [dual encoder folder]`
 */
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { importCheckpoint } from '../src/main/importer/importCheckpoint.ts';

const root = join(import.meta.dirname, '..');
const [checkpoint = join(root, 'training/out/sample-av'), dual = join(root, 'training/out/dual')] =
  process.argv.slice(2);
const bundleFolder = join(root, 'resources/models/sample-av');

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
process.stdout.write(`${bundleFolder}\n`);
