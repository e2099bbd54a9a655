/** Which models the engine lists: what was imported or added, wherever it lies and whoever did it. */
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEngine, type Engine } from '../../../src/main/engine/createEngine.ts';
import { readBundleManifest } from '../../../src/main/models/bundleManifest.ts';
import { bundleMemory } from '../../../src/main/models/bundleNeeds.ts';
import { forkHost } from '../../../src/main/shells/shared/forkHost.ts';
import { importModel } from '../../../src/main/shells/shared/importModel.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const checkpointFolder = join(root, 'tests', 'fixtures', 'parity', 'qwen2-siglip-stc35-beats');
let folder: string;
let engines: Engine[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playhead-models-'));
  engines = [];
});
afterEach(async () => {
  await Promise.all(engines.map((engine) => engine.close()));
  await rm(folder, { recursive: true, force: true });
});

async function open(): Promise<Engine> {
  const resourcesFolder = join(root, 'resources');
  const libraryFolder = join(folder, 'library');
  const engine = await createEngine({ version: 'test', libraryFolder, resourcesFolder, spawnHost: forkHost });
  engines.push(engine);
  return engine;
}

const folders = async (engine: Engine) => (await engine.api.listModels({})).map((model) => model.folder);

describe('a model', () => {
  it('is listed as soon as it is imported, wherever its bundle lies, and after a new start', async () => {
    const bundleFolder = join(folder, 'some disk', 'my model');
    await mkdir(join(folder, 'some disk'));
    const first = await open();
    await first.api.importCheckpoint({ checkpointFolder, bundleFolder });
    await first.whenIdle();
    expect(await folders(first)).toContain(bundleFolder);
    expect((await first.api.useModel({ folder: bundleFolder })).folder).toBe(bundleFolder);
    engines = [];
    await first.close();
    const second = await open();
    await second.api.useModel({ folder: join(root, 'resources', 'models', 'sample-av') });
    expect(await folders(second)).toContain(bundleFolder);
  });

  it('lies among the library’s models when no folder is named, a second one beside it', async () => {
    const engine = await open();
    const { bundleFolder } = await engine.api.importCheckpoint({ checkpointFolder });
    expect(bundleFolder).toBe(join(folder, 'library', 'models', 'qwen2-siglip-stc35-beats'));
    await engine.whenIdle();
    expect((await engine.api.importCheckpoint({ checkpointFolder })).bundleFolder).toBe(`${bundleFolder}-2`);
    await engine.whenIdle();
    expect(await folders(engine)).toEqual(expect.arrayContaining([bundleFolder, `${bundleFolder}-2`]));
  });

  it('is listed by the open app when it was imported in a terminal beside it', async () => {
    const engine = await open();
    const bundleFolder = join(folder, 'from the terminal');
    const input = {
      checkpointFolder,
      bundleFolder,
      weights: {},
      onProgress: () => {},
      signal: new AbortController().signal,
    };
    const imported = await importModel({ library: join(folder, 'library') }, input);
    expect(imported).toEqual({ bundleFolder, notListed: null });
    expect(await folders(engine)).toContain(bundleFolder);
  });

  it('that is away is not listed, and is again when it is back; a folder that is none is refused', async () => {
    const engine = await open();
    const { bundleFolder } = await engine.api.importCheckpoint({
      checkpointFolder,
      bundleFolder: join(folder, 'bundle'),
    });
    await engine.whenIdle();
    await rename(bundleFolder, join(folder, 'moved'));
    expect(await folders(engine)).not.toContain(bundleFolder);
    await engine.api.addModel({ folder: join(folder, 'moved') });
    expect(await folders(engine)).toContain(join(folder, 'moved'));
    await expect(engine.api.addModel({ folder: root })).rejects.toMatchObject({ code: 'model-missing' });
  });

  it('whose checkpoint is not there, or whose place is taken, is refused before any job', async () => {
    const engine = await open();
    const missing = engine.api.importCheckpoint({ checkpointFolder: join(folder, 'gone') });
    await expect(missing).rejects.toMatchObject({ code: 'file-not-found' });
    const taken = engine.api.importCheckpoint({ checkpointFolder, bundleFolder: folder });
    await expect(taken).rejects.toMatchObject({ code: 'invalid-input', file: folder });
    expect(await engine.api.listJobs({})).toEqual([]);
  });
});

describe('memory', () => {
  const openWith = async (freeBytes: () => number) => {
    const engine = await createEngine({
      version: 'test',
      libraryFolder: join(folder, 'library'),
      resourcesFolder: join(root, 'resources'),
      spawnHost: forkHost,
      freeMemory: freeBytes,
    });
    engines.push(engine);
    return engine;
  };

  it('that does not suffice is told before a model is loaded, with a smaller one that is here; that one answers as it was set', async () => {
    let free = 1e12;
    const engine = await openWith(() => free);
    const large = (await engine.api.importCheckpoint({ checkpointFolder, weights: { format: 'fp32' } })).bundleFolder;
    await engine.whenIdle();
    const small = (await engine.api.importCheckpoint({ checkpointFolder, weights: { format: 'int8' } })).bundleFolder;
    await engine.whenIdle();
    const needs = async (bundle: string) => bundleMemory(await readBundleManifest(bundle));
    free = ((await needs(large)) + (await needs(small))) / 2;
    await expect(engine.api.useModel({ folder: large })).rejects.toMatchObject({
      code: 'memory-short',
      hint: expect.stringContaining('which is here and needs about'),
    });
    expect((await engine.api.useModel({ folder: large, anyway: true })).folder).toBe(large);
    expect((await engine.api.useModel({ folder: small })).folder).toBe(small);

    // And the settings of answers hold for every question that does not say otherwise.
    await engine.api.changeAnswerSettings({ maxNewTokens: 16 });
    const settings = await engine.api.changeAnswerSettings({ frames: 4 });
    expect(settings).toEqual({ maxNewTokens: 16, temperature: null, frames: 4 });
    const source = { path: join(root, 'resources', 'samples', 'red-circle-and-bell.mp4') };
    const { conversationId } = await engine.api.ask({ source, question: 'What is it?', modality: 'video' });
    await engine.whenIdle();
    const { provenance } = (await engine.api.getConversation({ conversationId })).messages.at(-1) ?? {};
    expect(provenance).toMatchObject({ frames: 4 });
    expect(provenance?.newTokens).toBeLessThanOrEqual(16);
  });

  it('is looked at again where a question loads the model, and a model can be unloaded', async () => {
    let free = 0;
    const engine = await openWith(() => free);
    const source = { path: join(root, 'resources', 'samples', 'red-circle-and-bell.mp4') };
    const ask = async () => {
      const { conversationId } = await engine.api.ask({ source, question: 'What colour is the circle?' });
      await engine.whenIdle();
      return (await engine.api.getConversation({ conversationId })).messages.at(-1);
    };
    expect(await ask()).toMatchObject({ state: 'failed', error: { code: 'memory-short' } });
    free = 1e12;
    expect(await ask()).toMatchObject({ state: 'done' });
    expect((await engine.api.status({})).provider).toBe('cpu');
    expect((await engine.api.status({})).pace.firstWordSec).toBeGreaterThan(0);
    expect(await engine.api.unloadModel({})).toEqual({ unloaded: true });
    expect((await engine.api.status({})).provider).toBeNull();
    expect(await engine.api.unloadModel({})).toEqual({ unloaded: false });
  });
});
