/**
 * What a language model has read stays in the adapter's memory between two runs, on this machine's adapter or on
 * SwiftShader; skipped aloud where neither is found.
 */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { bytesOf, isLost, openCacheKeeper } from '../../src/main/answering/model/cacheKeeper.ts';
import { cacheShapeOf } from '../../src/main/answering/model/cacheTensors.ts';
import { takeCrossings } from '../../src/main/answering/model/crossings.ts';
import { type LanguageModel, openLanguageModel } from '../../src/main/answering/model/decoder.ts';
import { DeviceKvCache } from '../../src/main/answering/model/deviceKvCache.ts';
import { type HeldProvider, holdProvider, openSession } from '../../src/main/answering/model/session.ts';
import { storeWithFiles } from '../../src/main/answering/tasks/prefixFiles.ts';
import { createPrefixStore } from '../../src/main/answering/tasks/prefixStore.ts';
import { importCheckpoint } from '../../src/main/importing/importCheckpoint.ts';
import { readBundleManifest, type VideoLlamaManifest } from '../../src/main/models/bundleManifest.ts';
import { offerSoftwareAdapter, whyNoWebgpu } from '../../tools/parity/webgpu.ts';

const fixtures = fileURLToPath(new URL('../fixtures/parity/', import.meta.url));
const folder = await mkdtemp(join(tmpdir(), 'playhead-device-'));
const bundle = join(folder, 'bundle');
offerSoftwareAdapter();
const refused = await whyNoWebgpu(`${fixtures}siglip-dual`);
if (refused !== null) console.warn(`The cache in an adapter's memory is not tested: ${refused}`);
/** Milliseconds: a software adapter on a machine that may be busy. */
const patience = { timeout: 300_000 };

/** Longer than 256 positions, at which room is made anew. */
const prompt = Array.from({ length: 250 }, (_, i) => ((i * 7) % 100) + 1);
const question = [3, 5, 8, 13];

async function opened(provider: string, guard?: <T>(run: () => Promise<T>) => Promise<T>): Promise<LanguageModel> {
  const manifest = (await readBundleManifest(bundle)) as VideoLlamaManifest;
  return openLanguageModel(bundle, manifest, { providers: [provider], guard });
}

async function greedy(
  model: LanguageModel,
  cache: ReturnType<LanguageModel['newCache']>,
  ids: number[],
  count: number,
) {
  const decoder = model.continueFrom(cache);
  const tokens: number[] = [];
  let logits = await decoder.prefill(model.embed(ids));
  while (tokens.length < count) {
    tokens.push(logits.indexOf(Math.max(...logits)));
    logits = await decoder.decodeStep(tokens.at(-1) as number);
  }
  return tokens;
}

describe.skipIf(refused !== null)('on the webgpu provider a cache', () => {
  // What was compiled for one test serves the next.
  let held: HeldProvider;
  beforeAll(async () => {
    held = await holdProvider('webgpu');
    await importCheckpoint({ checkpointFolder: `${fixtures}qwen2-siglip-stc35`, bundleFolder: bundle });
  });
  afterAll(async () => {
    await held.release();
    await rm(folder, { recursive: true, force: true });
  });

  test("stays in the adapter's memory, grows there, and gives the CPU's tokens", patience, async () => {
    const [cpu, gpu] = [await opened('cpu'), await opened('webgpu')];
    const cache = gpu.newCache();
    expect(cache).toBeInstanceOf(DeviceKvCache);
    expect(await greedy(gpu, cache, prompt, 30)).toEqual(await greedy(cpu, cpu.newCache(), prompt, 30));
    expect(cache).toMatchObject({ length: 280, capacity: 512 });
    await cpu.close();
    await gpu.close();
  });

  test('crosses as one row, where one that is fed from the host crosses whole', patience, async () => {
    const model = await opened('webgpu');
    const manifest = (await readBundleManifest(bundle)) as VideoLlamaManifest;
    const { vocabSize } = manifest.architecture.language;
    const crossed = async (decoder: ReturnType<LanguageModel['continueFrom']>) => {
      await decoder.prefill(model.embed(prompt.slice(0, 100)));
      await decoder.decodeStep(1);
      takeCrossings();
      await decoder.decodeStep(2);
      return takeCrossings();
    };
    const cache = model.newCache();
    const kept = await crossed(model.continueFrom(cache));
    expect(kept.toHost).toBe(vocabSize * 4);
    expect(kept.toDevice).toBeLessThan(model.hiddenSize * 4 + 200);
    expect(kept.onDevice).toBe(bytesOf(cache) / 256); // the new position

    const session = await openSession(join(bundle, manifest.graphs.decoder.file), { providers: ['webgpu'] });
    const shape = cacheShapeOf(session, manifest.architecture.language);
    const fed = await openCacheKeeper({ ...session, provider: 'cpu' }, shape);
    const onHost = fed.newCache();
    const read = (rows: number) =>
      fed.extend(onHost, rows, {
        inputs_embeds: { data: new Float32Array(rows * model.hiddenSize).fill(0.1), dims: [1, rows, model.hiddenSize] },
        past_length: { data: BigInt64Array.of(BigInt(onHost.length)), dims: [] },
      });
    await read(100);
    takeCrossings();
    await read(1);
    expect(takeCrossings().toDevice).toBeGreaterThan(bytesOf(onHost));
    await session.close();
    await model.close();
  });

  test('of a clip is remembered in memory and over a restart', patience, async () => {
    const model = await opened('webgpu');
    const store = () =>
      storeWithFiles(createPrefixStore(1e9), {
        folder: join(folder, 'clips'),
        limitBytes: 1e9,
        modelName: 'model',
        shape: model.cacheShape,
        languageModel: model,
      });
    const cache = model.newCache();
    await model.continueFrom(cache).prefill(model.embed(prompt));
    const [first, length] = [store(), cache.length];
    const said = await greedy(model, cache, question, 10);
    first.keep('clip', { cache, length, frames: 8, audioSeconds: 0, domain: null });
    const whole = async () => (await readdir(join(folder, 'clips'))).filter((name) => name.endsWith('.kv'));
    await vi.waitFor(async () => expect(await whole()).toHaveLength(1), patience);
    for (const kept of [await first.take('clip'), await store().take('clip')]) {
      const known = kept?.cache as DeviceKvCache;
      expect(known).toBeInstanceOf(DeviceKvCache);
      expect(known.length).toBe(length);
      expect(await greedy(model, known, question, 10)).toEqual(said);
    }
    await model.close();
  });

  test('that is lost with its adapter costs the answer and is not remembered; the CPU goes on', patience, async () => {
    let isWell = true;
    // What a run rejects with comes to the session as text.
    const guard = async <T>(run: () => Promise<T>) => (isWell ? run() : ('the device was lost' as T));
    const model = await opened('webgpu', guard);
    const cache = model.newCache();
    const decoder = model.continueFrom(cache);
    await decoder.prefill(model.embed(prompt));
    isWell = false;
    await expect(decoder.decodeStep(1)).rejects.toMatchObject({ code: 'provider-unavailable' });
    expect(isLost(cache)).toBe(true);
    const store = createPrefixStore(1e9);
    store.keep('clip', { cache, length: 250, frames: 8, audioSeconds: 0, domain: null });
    expect(await store.take('clip')).toBeNull();
    expect(model.provider).toBe('cpu');
    expect(await greedy(model, model.newCache(), prompt, 5)).toHaveLength(5);
    await model.close();
  });
});
