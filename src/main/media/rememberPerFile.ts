/** Keeps what was read from the files that were used last, for as long as they do not change. */
import { stat } from 'node:fs/promises';
import { LRUCache } from 'lru-cache';
import { PlayheadError } from '../../contract/index.ts';
import { askDrive } from '../ports/drives.ts';

/**
 * @param limit files (and variants) that are kept
 * @returns a function that gives the remembered value of a file, or reads it. Failures are not remembered.
 */
export function rememberPerFile<T>(limit: number) {
  const kept = new LRUCache<string, Promise<T>>({ max: limit });

  return async function remember(
    file: string,
    variant: string,
    read: () => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    const { size, mtimeMs } = await askDrive(file, () => stat(file), { signal });
    const key = `${file}\n${size}\n${mtimeMs}\n${variant}`;
    const known = kept.get(key);
    if (known !== undefined) {
      try {
        return await known;
      } catch (error) {
        // Another caller stopped the reading that both waited for.
        const wasStopped = error instanceof PlayheadError && error.code === 'cancelled';
        if (!wasStopped || signal?.aborted) throw error;
      }
    }
    const reading = read();
    kept.set(key, reading);
    reading.catch(() => {
      if (kept.get(key) === reading) kept.delete(key);
    });
    return reading;
  };
}
