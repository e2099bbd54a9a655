/**
 * Repeated questions are cheap: the keys and values of a clip's prefix (the turn's beginning and all media tokens)
 * are kept, so that the next question about the same clip reads only its own text. Limited in bytes; the prefix
 * that was not used for the longest time goes first.
 */
import { LRUCache } from 'lru-cache';
import type { DomainScore } from '../../../contract/index.ts';
import { bytesOf, type ClipCache, isLost, releaseCache } from '../model/cacheKeeper.ts';

export interface ClipPrefix {
  /** Filled up to `length` and beyond: what stands behind is overwritten by the next question. */
  cache: ClipCache;
  /** Positions of the prefix itself. */
  length: number;
  frames: number;
  audioSeconds: number;
  /** Null for a model without bounds. */
  domain: DomainScore | null;
}

export interface PrefixStore {
  /** Hands a prefix out, for one question at a time: it is the caller's until it is given back with `keep`. */
  take(key: string): Promise<ClipPrefix | null>;
  keep(key: string, prefix: ClipPrefix): void;
  readonly bytes: number;
}

/** @param limitBytes of all prefixes together; one that is larger by itself is not kept. */
export function createPrefixStore(limitBytes: number): PrefixStore {
  const prefixes = new LRUCache<string, ClipPrefix>({
    maxSize: limitBytes,
    sizeCalculation: ({ cache }) => Math.max(1, bytesOf(cache)),
    // One that is taken is not released with it: it is in use.
    dispose: ({ cache }, _key, reason) => reason !== 'delete' && releaseCache(cache),
  });
  return {
    get bytes() {
      return prefixes.calculatedSize;
    },
    async take(key) {
      const prefix = prefixes.get(key) ?? null;
      prefixes.delete(key);
      if (prefix === null || isLost(prefix.cache)) return null;
      prefix.cache.length = prefix.length;
      return prefix;
    },
    keep(key, prefix) {
      if (isLost(prefix.cache)) return;
      prefixes.set(key, prefix);
      if (!prefixes.has(key)) releaseCache(prefix.cache); // larger than all that may be kept
    },
  };
}
