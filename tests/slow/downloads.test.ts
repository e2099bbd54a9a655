/**
 * `npm run test:downloads`: every kind of fault of a Hub twelve times, kills of the process among them, 216 in all. Each
 * ends in a checkpoint that is imported to the very bundle that passes parity, or in the one right sentence. Another
 * seed, other cases: `PLAYHEAD_SEED=7 npm run test:downloads`.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { importCheckpoint } from '../../src/main/importing/importCheckpoint.ts';
import type { BundleManifest } from '../../src/main/models/bundleManifest.ts';
import { readFloats, relativeError, runGraph, tensor } from '../parity/graphParity.ts';
import { faultCases, faultKinds } from '../support/hub/faultCases.ts';
import { type LocalHub, startLocalHub } from '../support/hub/localHub.ts';
import { runFaultCase } from '../support/hub/runFaultCase.ts';

const seed = Number(process.env.PLAYHEAD_SEED ?? 20261129);
const checkpoint = join(import.meta.dirname, '..', 'fixtures', 'parity', 'qwen2-siglip-stc35-beats');
let folder: string;
let hub: LocalHub;
let wanted: BundleManifest['files'];
let kills = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playhead-downloads-'));
  hub = await startLocalHub({ 'DAMO-NLP-SG/VideoLLaMA2.1-7B-AV': checkpoint });
  const bundleFolder = join(folder, 'wanted');
  wanted = (await importCheckpoint({ checkpointFolder: checkpoint, bundleFolder })).manifest.files;
  const expected = await readFloats(join(checkpoint, 'expected.safetensors'));
  const frames = expected.get('pixel_values');
  const features = expected.get('vision_features');
  if (!frames || !features) throw new Error('the fixture has no reference numbers');
  const { vision_features: found } = await runGraph(join(bundleFolder, 'vision.onnx'), {
    pixel_values: tensor(frames),
  });
  expect(relativeError(found, features), 'parity of what all are compared with').toBeLessThan(2e-5);
});
afterAll(async () => {
  console.log(`seed ${seed}: ${kills} kills`);
  await hub.close();
  await rm(folder, { recursive: true, force: true });
});

/** Every byte of it as of the bundle that passes. */
async function passesParity(checkpointFolder: string): Promise<void> {
  const bundleFolder = join(folder, 'made');
  await rm(bundleFolder, { recursive: true, force: true });
  const { manifest } = await importCheckpoint({ checkpointFolder, bundleFolder });
  expect(manifest.files).toEqual(wanted);
}

const cases = faultCases(seed, 12);

test('there are 200 or more, of each kind ten or more', () => {
  expect(cases.length).toBeGreaterThanOrEqual(200);
  expect(cases.length / faultKinds.length).toBeGreaterThanOrEqual(10);
});

test.each(cases)('$name: $end', async (one) => {
  const found = await runFaultCase(hub, one, passesParity);
  kills += found.kills;
  expect(found).toEqual({ end: one.end, afterwards: 'whole', leaks: 0, kills: one.kills });
});
