/**
 * A vision tower, a connector, an audio tower and a projector that lie in folders beside the shards, in every
 * combination, become the very bundle that the whole checkpoint becomes, which is compared with the reference elsewhere
 * (`endToEnd.slow.test.ts`); and a tower that the shards lack is fetched with them.
 */
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { readFetched } from '../../src/main/downloading/fetchedManifest.ts';
import { pullModel } from '../../src/main/downloading/pullModel.ts';
import { importCheckpoint } from '../../src/main/importing/importCheckpoint.ts';
import type { BundleManifest } from '../../src/main/models/bundleManifest.ts';
import { openPlace } from '../unit/downloading/pullFixture.ts';
import {
  encodeSafetensors,
  makeTempFolder,
  parityFolder,
  readTensors,
  type Tensors,
} from '../unit/importer/checkpointFiles.ts';

const source = join(parityFolder, 'qwen2-siglip-stc35-beats');
const towerPrefix = 'model.vision_tower.vision_tower.';
const prefixes = [towerPrefix, 'model.mm_projector.', 'model.audio_tower.', 'model.mm_projector_a.'];
let temp: Awaited<ReturnType<typeof makeTempFolder>>;
let tensors: Tensors;
let wanted: BundleManifest['files'];
let made = 0;

beforeAll(async () => {
  temp = await makeTempFolder();
  tensors = await readTensors(source);
  wanted = await filesOf(source);
});
afterAll(() => temp.remove());

async function filesOf(checkpointFolder: string): Promise<BundleManifest['files']> {
  const bundleFolder = join(temp.path, `bundle ${made++}`);
  return (await importCheckpoint({ checkpointFolder, bundleFolder })).manifest.files;
}

const partOf = (prefix: string): Tensors => new Map([...tensors].filter(([name]) => name.startsWith(prefix)));

/** What is in the shards after these parts were taken out, with the texts of the checkpoint. */
async function writeWithout(folder: string, beside: readonly string[]): Promise<void> {
  await cp(source, folder, {
    recursive: true,
    filter: (path) => !/(\.safetensors|index\.json|expected\.json)$/.test(path),
  });
  const left = [...tensors].filter(([name]) => !beside.some((prefix) => name.startsWith(prefix)));
  await writeFile(join(folder, 'model.safetensors'), encodeSafetensors(new Map(left)));
}

/** A tower that is published alone calls itself `vision_model.`. */
async function writeTower(folder: string): Promise<void> {
  const tower = [...partOf(towerPrefix)].map(([name, value]) => [name.slice(towerPrefix.length), value] as const);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'model.safetensors'), encodeSafetensors(new Map(tower)));
}

const combinations = Array.from({ length: 2 ** prefixes.length - 1 }, (_, index) =>
  prefixes.filter((_prefix, bit) => (index + 1) & (1 << bit)),
);

test.each(combinations.map((beside) => [beside.join(' + '), beside] as const))('%s', async (_, beside) => {
  const folder = join(temp.path, `checkpoint ${made}`);
  await writeWithout(folder, beside);
  for (const prefix of beside) {
    if (prefix === towerPrefix) await writeTower(join(folder, 'siglip-tower'));
    else {
      const into = join(folder, `base of ${prefix}`);
      await mkdir(into);
      await writeFile(join(into, 'model.safetensors'), encodeSafetensors(partOf(prefix)));
    }
  }
  expect(await filesOf(folder)).toEqual(wanted);
});

test('without the part that lies nowhere the import names what is missing', async () => {
  const folder = join(temp.path, `checkpoint ${made}`);
  await writeWithout(folder, ['model.mm_projector.']);
  await expect(filesOf(folder)).rejects.toMatchObject({
    code: 'checkpoint-invalid',
    message: expect.stringContaining('mm_projector'),
  });
});

test('a tower that the index does not hold is fetched apart, from the repository that the checkpoint names; one that it holds is not', async () => {
  const [base, tower] = [join(temp.path, 'hub base'), join(temp.path, 'hub tower')];
  await writeWithout(base, [towerPrefix]);
  const config = JSON.parse(await readFile(join(source, 'config.json'), 'utf8'));
  await writeFile(join(base, 'config.json'), JSON.stringify({ ...config, mm_vision_tower: 'google/small-tower' }));
  const names = [...tensors.keys()].filter((name) => !name.startsWith(towerPrefix));
  const index = { weight_map: Object.fromEntries(names.map((name) => [name, 'model.safetensors'])) };
  await writeFile(join(base, 'model.safetensors.index.json'), JSON.stringify(index));
  await cp(join(source, 'siglip-tower'), tower, { recursive: true });
  await writeTower(tower);
  const place = await openPlace({ 'someone/base': base, 'google/small-tower': tower, 'someone/whole': source });
  onTestFinished(() => place.end());
  const pull = (repository: string) => pullModel({ name: 'a model', repository, revision: null }, place.needs());
  const { folder } = await pull('someone/base');
  expect((await readFetched(folder))?.parts.map(({ into }) => into)).toEqual(['', 'small-tower']);
  expect(await filesOf(folder)).toEqual(wanted);
  const whole = await pull('someone/whole');
  expect((await readFetched(whole.folder))?.parts.map(({ into }) => into)).toEqual(['']);
});
