import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { besideParts, towerPrefix } from '../../../src/main/importing/checkpoint/besideParts.ts';
import { openCheckpoint } from '../../../src/main/importing/checkpoint/openCheckpoint.ts';
import type { StoredTensor } from '../../../src/main/importing/checkpoint/storedTensor.ts';
import { Problems } from '../../../src/main/importing/problems.ts';
import { makeTempFolder, parityFolder } from './checkpointFiles.ts';

const tensor = (name: string): StoredTensor => ({ name, dtype: 'F32', shape: [1], file: 'x', offset: 0, bytes: 4 });

test.each([
  'model.mm_projector.readout.0.weight',
  'model.audio_tower.layer_norm.weight',
  'model.mm_projector_a.0.weight',
])('%s comes from a folder beside where the checkpoint lacks its part, and only there', async (name) => {
  const temp = await makeTempFolder();
  await mkdir(join(temp.path, 'base'));
  const read = () => Promise.resolve([tensor(name)]);
  const problems = new Problems(temp.path);
  expect(await besideParts(temp.path, new Set(), problems, read)).toEqual([tensor(name)]);
  expect(await besideParts(temp.path, new Set([name]), problems, read)).toEqual([]);
  await mkdir(join(temp.path, 'other'));
  await besideParts(temp.path, new Set(), problems, read);
  expect(problems.count).toBe(1);
  await temp.remove();
});

test('a tower that is published alone is the checkpoint’s where its shards hold none', async () => {
  const temp = await makeTempFolder();
  await cp(join(parityFolder, 'siglip-dual'), join(temp.path, 'siglip-tower'), { recursive: true });
  const { tensors } = await openCheckpoint(temp.path, new Problems(temp.path));
  const names = [...tensors.keys()];
  expect(names.length).toBeGreaterThan(0);
  expect(names.every((name) => name.startsWith(`${towerPrefix}vision_model.`))).toBe(true);
  await temp.remove();
});
