/** What computes is a choice of the person's: kept in the library, told with its reasons, and what models are opened with. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { DeviceChoice } from '../../../src/contract/index.ts';
import { createEngine, type Engine } from '../../../src/main/engine/createEngine.ts';
import type { LoadModelInput } from '../../../src/main/ports/modelHostApi.ts';
import { standInHosts } from '../../support/standInHosts.ts';

let libraryFolder = '';
let engine: Engine;
const loaded: LoadModelInput[] = [];

async function open(device?: DeviceChoice): Promise<Engine> {
  engine = await createEngine({
    ...{ version: 'test', libraryFolder, device },
    resourcesFolder: join(import.meta.dirname, '../../../resources'),
    spawnHost: standInHosts({
      loadEmbedder: async (input) => {
        loaded.push(input);
        return null;
      },
    }),
  });
  return engine;
}

beforeEach(async () => {
  vi.stubEnv('PLAYHEAD_DEVICE', '');
  loaded.length = 0;
  libraryFolder = await mkdtemp(join(tmpdir(), 'playhead-device-'));
});
afterEach(async () => {
  await engine.close();
  vi.unstubAllEnvs();
  await rm(libraryFolder, { recursive: true, force: true });
});

test('it is automatic at first, and a choice holds over a restart and for the model that is opened next', async () => {
  const { api } = await open();
  expect(await api.device({})).toMatchObject({ choice: 'auto', isFixed: false, isLoaded: false });
  await api.search({ text: 'a bell' });
  await api.chooseDevice({ choice: 'webgpu' });
  await api.search({ text: 'a bell' });
  await api.search({ text: 'a whistle' });
  expect(loaded.map(({ providers, look }) => [providers, look?.isSlowLeft])).toEqual([
    [['webgpu', 'cpu'], true],
    [['webgpu', 'cpu'], false],
  ]);
  await engine.close();
  expect(await (await open()).api.device({})).toMatchObject({ choice: 'webgpu' });
});

test('before a model is opened, the plan says what it will take', async () => {
  const { api } = await open('cpu');
  const { plan } = await api.device({});
  expect(plan?.parts.map(({ part }) => part)).toEqual(['vision', 'connector', 'decoder', 'audio', 'audioProjector']);
  for (const { provider, why } of plan?.parts ?? []) expect([provider, why]).toEqual(['cpu', 'as you chose']);
  // The sample model's graphs are 6.5 MB; with its cache it takes tens of megabytes.
  expect(plan?.memory.host.neededBytes).toBeGreaterThan(10e6);
  expect(plan?.memory.host.neededBytes).toBeLessThan(200e6);
});

test('a flag of the command line outranks what is stored, and is not stored', async () => {
  await open('cpu');
  expect(await engine.api.device({})).toMatchObject({ choice: 'cpu', isFixed: true });
  await engine.close();
  expect(await (await open()).api.device({})).toMatchObject({ choice: 'auto', isFixed: false });
});

test('the doctor tells the choice, each part with its reason, and the memory', async () => {
  const { api } = await open('cpu');
  const line = (await api.doctor({})).lines.find(({ id }) => id === 'devices');
  expect(line).toMatchObject({ state: 'ok' });
  expect(line?.found).toMatch(/^chosen: cpu; .*vision tower on cpu: as you chose; .*about .* memory/);
});
