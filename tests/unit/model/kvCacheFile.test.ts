import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createKvCache, ensureCapacity } from '../../../src/main/core/model/kvCache.ts';
import { readKvCacheFile, writeKvCacheFile } from '../../../src/main/core/model/kvCacheFile.ts';

const shape = { layers: 2, kvHeads: 3, headDim: 4 };
const about = { frames: 8, audioSeconds: 2.5 };
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playhead-kv-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function filledCache(length: number) {
  const cache = createKvCache(shape);
  ensureCapacity(cache, shape, length);
  for (const [i, { key, value }] of cache.layers.entries()) {
    key.set(key.map((_, at) => i + at / 7));
    value.set(value.map((_, at) => -i - at / 3));
  }
  cache.length = length;
  return cache;
}

describe('a cache on disk', () => {
  test('comes back bit for bit, up to its length', async () => {
    const file = join(folder, 'whole.kv');
    const cache = filledCache(200);
    await writeKvCacheFile(file, cache, shape, 150, about);
    const read = await readKvCacheFile(file, shape);
    expect(read?.about).toEqual(about);
    expect(read?.cache.length).toBe(150);
    const row = (values: Float32Array, capacity: number, head: number) =>
      values.slice(head * capacity * 4, (head * capacity + 150) * 4);
    for (const [i, layer] of cache.layers.entries()) {
      for (const part of ['key', 'value'] as const) {
        const back = read?.cache.layers[i]?.[part] as Float32Array;
        for (let head = 0; head < shape.kvHeads; head++) {
          expect(row(back, read?.cache.capacity as number, head)).toEqual(row(layer[part], cache.capacity, head));
        }
      }
    }
    expect(await readdir(folder)).toEqual(['whole.kv']);
  });

  test('that is missing, cut off, of another shape or no cache at all counts as none', async () => {
    const file = join(folder, 'broken.kv');
    expect(await readKvCacheFile(file, shape)).toBeNull();
    await writeKvCacheFile(file, filledCache(20), shape, 20, about);
    expect(await readKvCacheFile(file, { ...shape, layers: 3 })).toBeNull();
    await truncate(file, (await readFile(file)).length - 1);
    expect(await readKvCacheFile(file, shape)).toBeNull();
    await writeFile(file, 'PHKV and then something else');
    expect(await readKvCacheFile(file, shape)).toBeNull();
  });
});
