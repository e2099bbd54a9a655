import { describe, expect, test } from 'vitest';
import { DeviceKvCache } from '../../../src/main/answering/model/deviceKvCache.ts';
import { cacheBytes, createKvCache, ensureCapacity } from '../../../src/main/answering/model/kvCache.ts';
import { DeviceTensor } from '../../../src/main/answering/model/tensors.ts';
import { createPrefixStore } from '../../../src/main/answering/tasks/prefixStore.ts';
import { floatShape } from '../model/cacheShapes.ts';

const shape = floatShape({ layers: 1, kvHeads: 1, headDim: 1 });
const prefixBytes = cacheBytes(createKvCache(shape));

function prefix(length = 10) {
  const cache = createKvCache(shape);
  ensureCapacity(cache, shape, length);
  cache.length = length;
  return { cache, length, frames: 8, audioSeconds: 0, domain: null };
}

describe('the prefix store', () => {
  test('gives a clip back without what the last question added', async () => {
    const store = createPrefixStore(10 * prefixBytes);
    const kept = prefix();
    kept.cache.length = 25;
    store.keep('clip', kept);
    expect((await store.take('clip'))?.cache.length).toBe(10);
  });

  test('hands a clip out to one question at a time', async () => {
    const store = createPrefixStore(10 * prefixBytes);
    store.keep('clip', prefix());
    expect(await store.take('clip')).not.toBeNull();
    expect(await store.take('clip')).toBeNull();
  });

  test('stays within its limit and forgets first what was not used for the longest time', async () => {
    const store = createPrefixStore(2 * prefixBytes);
    for (const key of ['a', 'b']) store.keep(key, prefix());
    store.keep('a', (await store.take('a')) as ReturnType<typeof prefix>);
    store.keep('c', prefix());
    expect(store.bytes).toBe(2 * prefixBytes);
    expect(await store.take('b')).toBeNull();
    expect(await store.take('a')).not.toBeNull();
    expect(await store.take('c')).not.toBeNull();
  });

  test('does not keep a clip that is larger than its limit', async () => {
    const store = createPrefixStore(prefixBytes - 1);
    store.keep('clip', prefix());
    expect(store.bytes).toBe(0);
  });

  test("gives an adapter's memory back when a clip is forgotten or too large, not while it is in use", async () => {
    const store = createPrefixStore(10);
    const [a, b, c, large] = [onAdapter(8), onAdapter(8), onAdapter(4), onAdapter(80)];
    store.keep('a', a.prefix);
    expect(await store.take('a')).not.toBeNull();
    expect(a.isFree()).toBe(false);
    store.keep('a', a.prefix);
    store.keep('b', b.prefix);
    expect([a.isFree(), b.isFree()]).toEqual([true, false]);
    store.keep('large', large.prefix);
    expect(large.isFree()).toBe(true);
    store.keep('b', c.prefix); // a clip that was read twice at once
    expect([b.isFree(), c.isFree()]).toEqual([true, false]);
  });
});

/** A cache of so many bytes in an adapter's memory. */
function onAdapter(bytes: number) {
  let isFree = false;
  const cache = new DeviceKvCache({ isLost: false });
  const dispose = () => {
    isFree = true;
  };
  cache.tensors['0.key'] = new DeviceTensor({ dims: [bytes / 4], dispose });
  return { prefix: { cache, length: 1, frames: 8, audioSeconds: 0, domain: null }, isFree: () => isFree };
}
