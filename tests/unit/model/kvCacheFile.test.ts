import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type CacheValues,
  createKvCache,
  ensureCapacity,
  filledRows,
  type KvShape,
} from '../../../src/main/answering/model/kvCache.ts';
import { readKvCacheFile, writeKvCacheFile } from '../../../src/main/answering/model/kvCacheFile.ts';
import { floatShape, quantizedShape } from './cacheShapes.ts';

const floats = floatShape({ layers: 2, kvHeads: 3, headDim: 4 });
const about = { frames: 8, audioSeconds: 2.5 };
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playhead-kv-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function filledCache(length: number, shape: KvShape = floats) {
  const cache = createKvCache(shape);
  ensureCapacity(cache, shape, length);
  for (const [i, layer] of cache.layers.entries())
    for (const values of Object.values(layer)) values.set(values.map((_, at) => (i + 1) * (at % 100)));
  cache.length = length;
  return cache;
}

describe('a cache on disk', () => {
  test.each([
    ['floats', floats],
    ['8-bit codes', quantizedShape({ layers: 2, kvHeads: 3, headDim: 4 })],
  ])('comes back bit for bit, up to its length: %s', async (name, shape) => {
    const file = join(folder, `${name}.kv`);
    const cache = filledCache(200, shape);
    await writeKvCacheFile(file, { cache, shape, length: 150, about });
    const read = await readKvCacheFile(file, shape);
    expect(read?.about).toEqual(about);
    expect(read?.cache.length).toBe(150);
    for (const [i, layer] of cache.layers.entries())
      for (const part of shape.parts) {
        const back = read?.cache.layers[i]?.[part.name] as CacheValues;
        expect(filledRows(back, part, read?.cache.capacity as number, 150)).toEqual(
          filledRows(layer[part.name] as CacheValues, part, cache.capacity, 150),
        );
      }
    expect((await readdir(folder)).filter((each) => each.startsWith(name))).toEqual([`${name}.kv`]);
  });

  test('that is missing, cut off, of another shape or no cache at all counts as none', async () => {
    const file = join(folder, 'broken.kv');
    expect(await readKvCacheFile(file, floats)).toBeNull();
    await writeKvCacheFile(file, { cache: filledCache(20), shape: floats, length: 20, about });
    expect(await readKvCacheFile(file, { ...floats, layers: 3 })).toBeNull();
    await truncate(file, (await readFile(file)).length - 1);
    expect(await readKvCacheFile(file, floats)).toBeNull();
    await writeFile(file, 'PHKV and then something else');
    expect(await readKvCacheFile(file, floats)).toBeNull();
  });
});
