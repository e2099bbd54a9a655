/** Where the KV caches of a language model are: in the host's memory, or where the decoder runs. */
import { appendToCache } from './appendToCache.ts';
import { newKeysAndValues, outputNames, pastTensors } from './cacheTensors.ts';
import { DeviceCaches } from './deviceCaches.ts';
import { adapterLost, DeviceKvCache } from './deviceKvCache.ts';
import { cacheBytes, createKvCache, type KvCache, type KvShape } from './kvCache.ts';
import { isQuantized } from './quantizedCache.ts';
import type { OpenOptions, OrtSession } from './session.ts';
import type { DeviceTensor, Feeds, FloatTensor } from './tensors.ts';

export type ClipCache = KvCache | DeviceKvCache;

export interface CacheKeeper {
  newCache(): ClipCache;
  /** Runs the decoder on `feeds` and what the cache holds, and appends to it. @returns logits (V) */
  extend(cache: ClipCache, positions: number, feeds: Feeds): Promise<Float32Array>;
  toHost(cache: ClipCache, length: number): Promise<KvCache>;
  fromHost(cache: KvCache): Promise<ClipCache>;
  close(): Promise<void>;
}

/**
 * In the adapter's memory where the decoder runs there, else in the host's. An int8 cache always is in the host's: the
 * operators that multiply its codes, and those that round, run on the CPU alone.
 */
export async function openCacheKeeper(
  session: OrtSession,
  shape: KvShape,
  { onNotice }: Pick<OpenOptions, 'onNotice'> = {},
): Promise<CacheKeeper> {
  const onHost = hostKeeper(session, shape);
  if (session.provider === 'cpu' || isQuantized(shape)) return onHost;
  try {
    return deviceKeeper(session, await DeviceCaches.open(session.provider, shape), onHost);
  } catch (cause) {
    onNotice?.(`what was read cannot stay on ${session.provider} and crosses at every token: ${cause}`);
    return onHost;
  }
}

export function bytesOf(cache: ClipCache): number {
  return cache instanceof DeviceKvCache ? cache.bytes : cacheBytes(cache);
}

/** To be called for each cache that is not needed any more: an adapter's memory is not collected. */
export function releaseCache(cache: ClipCache): void {
  if (cache instanceof DeviceKvCache) cache.release();
}

export function isLost(cache: ClipCache): boolean {
  return cache instanceof DeviceKvCache && cache.isLost;
}

function hostKeeper(session: OrtSession, shape: KvShape): CacheKeeper {
  const outputs = outputNames(shape);
  return {
    newCache: () => createKvCache(shape),
    async extend(cache, positions, feeds) {
      if (cache instanceof DeviceKvCache) throw adapterLost();
      const { logits, ...added } = await session.run({ ...feeds, ...pastTensors(cache, shape) }, outputs);
      appendToCache(cache, shape, positions, newKeysAndValues(added, shape));
      return (logits as FloatTensor).data;
    },
    toHost: async (cache, length) => ({ ...(cache as KvCache), length }),
    fromHost: async (cache) => cache,
    close: async () => {},
  };
}

/** A decoder that fell back to the CPU while it ran goes on as if it had been there all along. */
function deviceKeeper(session: OrtSession, caches: DeviceCaches, onHost: CacheKeeper): CacheKeeper {
  const isThere = () => session.provider !== 'cpu' && !caches.adapter.isLost;
  return {
    newCache: () => (isThere() ? caches.create() : onHost.newCache()),
    async extend(cache, positions, feeds) {
      if (!(cache instanceof DeviceKvCache)) return onHost.extend(cache, positions, feeds);
      return caches.extend(cache, positions, async (past, added) => {
        const named = { ...feeds, ...prefixed('past_key_values', past) };
        return (await session.run(named, ['logits'], prefixed('new_key_values', added))).logits.data;
      });
    },
    toHost: async (cache, length) =>
      cache instanceof DeviceKvCache ? caches.download(cache, length) : onHost.toHost(cache, length),
    fromHost: async (cache) => (isThere() ? caches.upload(cache) : cache),
    close: () => caches.close(),
  };
}

function prefixed(kind: string, tensors: Record<string, DeviceTensor>): Record<string, DeviceTensor> {
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [`${kind}.${name}`, tensor]));
}
