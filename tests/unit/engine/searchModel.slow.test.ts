/** A dual encoder alone: fetched, chosen for search, measured, and offered the files that were indexed without it. */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Job, PlayheadError } from '../../../src/contract/index.ts';
import { createEngine, type Engine } from '../../../src/main/engine/createEngine.ts';
import { forkHost } from '../../../src/main/shells/shared/forkHost.ts';
import { type LocalHub, startLocalHub } from '../../support/hub/localHub.ts';
import { writeSearchCheckpoint } from '../../support/hub/searchCheckpoint.ts';

const root = join(import.meta.dirname, '..', '..', '..');
let folder: string;
let hub: LocalHub;
let engine: Engine;
const jobs = new Map<string, Job>();

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playhead-search-model-'));
  const checkpoint = await writeSearchCheckpoint(join(folder, 'checkpoint'));
  hub = await startLocalHub({ 'google/siglip-base-patch16-224': checkpoint });
  engine = await createEngine({
    version: 'test',
    libraryFolder: join(folder, 'library'),
    resourcesFolder: join(root, 'resources'),
    spawnHost: forkHost,
  });
  engine.onEvent((event) => event.type === 'job' && void jobs.set(event.job.id, event.job));
  await engine.api.changeHub({ endpoint: hub.endpoint });
});
afterEach(async () => {
  await engine.close();
  await hub.close();
  await rm(folder, { recursive: true, force: true });
});

test('it comes by its name, finds nothing by itself, and adds looks to what was indexed before once that is wanted', async () => {
  await cp(join(root, 'resources/samples/red-circle-and-bell.mp4'), join(folder, 'a.mp4'));
  await engine.api.addToLibrary({ paths: [join(folder, 'a.mp4')] });
  await engine.whenIdle();
  await engine.api.pullModel({ name: 'siglip-base-224', weights: { format: 'fp32' }, removeCheckpoint: true });
  await engine.whenIdle();
  expect([...jobs.values()].filter(({ state }) => state === 'failed')).toEqual([]);

  const [model, ...others] = await engine.api.listSearchModels({});
  expect([model?.name, model?.active, others]).toEqual(['SigLIP base, 224', false, []]);
  expect((await engine.api.listModels({})).map(({ name }) => name)).not.toContain(model?.name);
  expect(await engine.api.offeredWork({})).toEqual([]); // it was not chosen

  await engine.api.useForSearch({ folder: model?.folder ?? '' });
  const [offer] = await engine.api.offeredWork({});
  expect(offer).toMatchObject({ adds: 'looks', model: 'SigLIP base, 224', files: 1 });
  expect(offer?.takesSec).toBeGreaterThan(0);
  expect((await engine.api.search({ text: 'red circle' })).notices.join()).toContain('Search by meaning is off');

  const { jobId } = await engine.api.startOfferedWork({ adds: 'looks' });
  await engine.whenIdle();
  expect(jobs.get(jobId)?.result?.added).toBeGreaterThan(0);
  expect(await engine.api.offeredWork({})).toEqual([]);
  expect((await engine.api.search({ text: 'red circle' })).notices).toEqual([]);
  const listed = (await engine.api.catalogue({})).offers.find(({ id }) => id === 'siglip-base-224');
  expect(listed).toMatchObject({ bundleFolder: model?.folder, fetchedBytes: 0, notUsable: null });
  expect(listed?.pace.perHourSec).toBeGreaterThan(0);
});

test('footage that the sample model does not know is looked at by the chosen encoder; a removed one leaves search to the model', async () => {
  const { bundleFolder } = await engine.api.importCheckpoint({ checkpointFolder: join(folder, 'checkpoint') });
  await engine.whenIdle();
  await engine.api.useForSearch({ folder: bundleFolder });
  const unknown = join(folder, 'unknown.png');
  await cp(join(root, 'docs/img/library.png'), unknown);
  await engine.api.addToLibrary({ paths: [unknown] });
  await engine.whenIdle();
  expect(await engine.api.offeredWork({})).toEqual([]); // indexed with it
  expect((await engine.api.search({ text: 'red circle' })).notices).toEqual([]);
  expect((await engine.api.status({})).searchModel?.folder).toBe(bundleFolder);
  expect(await engine.api.removeModel({ folder: bundleFolder })).toEqual({ removed: true });
  expect((await engine.api.status({})).searchModel).toBeNull();
  await expect(engine.api.startOfferedWork({ adds: 'looks' })).rejects.toBeInstanceOf(PlayheadError);
});

test('a bundle that is added by its folder goes where it belongs, and the person is told so', async () => {
  const { bundleFolder } = await engine.api.importCheckpoint({
    checkpointFolder: join(folder, 'checkpoint'),
    bundleFolder: join(folder, 'elsewhere'),
  });
  await engine.whenIdle();
  expect((await engine.api.listSearchModels({})).map((each) => each.folder)).toEqual([bundleFolder]);
  await engine.api.removeModel({ folder: bundleFolder });
  expect(await engine.api.listSearchModels({})).toEqual([]);
  await expect(engine.api.addModel({ folder: bundleFolder })).rejects.toMatchObject({
    message: expect.stringContaining('listed as one'),
  });
  expect(await engine.api.listSearchModels({})).toHaveLength(1);
});
