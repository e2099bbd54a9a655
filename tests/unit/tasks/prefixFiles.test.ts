import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ClipCache } from '../../../src/main/answering/model/cacheKeeper.ts';
import { createKvCache, ensureCapacity, type KvCache } from '../../../src/main/answering/model/kvCache.ts';
import { storeWithFiles } from '../../../src/main/answering/tasks/prefixFiles.ts';
import { createPrefixStore } from '../../../src/main/answering/tasks/prefixStore.ts';
import { floatShape } from '../model/cacheShapes.ts';

const shape = floatShape({ layers: 1, kvHeads: 1, headDim: 8 });
const fileBytes = 10 * 8 * 4 * 2; // positions · headDim · bytes of a float · (key and value), without the header
/** Files are written behind the answer's back. */
const patience = { timeout: 60_000 };
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playhead-prefixes-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const domain = { score: 0.5, picture: 0.5, sound: 0.8, isInDomain: true };

function prefix() {
  const cache = createKvCache(shape);
  ensureCapacity(cache, shape, 10);
  cache.length = 10;
  return { cache, length: 10, frames: 8, audioSeconds: 1, domain };
}

/** A model that keeps what it has read in the host's memory. */
const languageModel = {
  toHost: async (cache: ClipCache) => cache as KvCache,
  fromHost: async (cache: KvCache) => cache,
};

const restarted = (modelName = 'model', limitBytes = 1e6) =>
  storeWithFiles(createPrefixStore(1e6), { folder, limitBytes, modelName, shape, languageModel });
const files = async () => (await readdir(folder)).filter((name) => name.endsWith('.kv'));

describe('remembered clips', () => {
  test('are still known after a restart, to the same model only', async () => {
    restarted().keep('clip', prefix());
    await vi.waitFor(async () => expect(await files()).toHaveLength(1), patience);
    expect(await restarted().take('clip')).toMatchObject({ length: 10, frames: 8, audioSeconds: 1, domain });
    expect(await restarted().take('another clip')).toBeNull();
    expect(await restarted('another model').take('clip')).toBeNull();
  });

  test('stay within their limit on the disk', async () => {
    const store = restarted('model', 2.5 * (fileBytes + 200));
    for (const key of ['a', 'b', 'c', 'd']) {
      store.keep(key, prefix());
      await vi.waitFor(async () => expect(await restarted().take(key)).not.toBeNull(), patience);
    }
    await vi.waitFor(async () => expect(await files()).toHaveLength(2), patience);
    expect(await restarted().take('d')).not.toBeNull();
  });
});
