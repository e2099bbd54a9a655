import { createHash } from 'node:crypto';
import { mkdir, readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { domainScoreSchema } from '../../../contract/index.ts';
import { ignore, log } from '../../log/log.ts';
import { isLost } from '../model/cacheKeeper.ts';
import type { LanguageModel } from '../model/decoder.ts';
import type { KvCache, KvShape } from '../model/kvCache.ts';
import { readKvCacheFile, writeKvCacheFile } from '../model/kvCacheFile.ts';
import type { ClipPrefix, PrefixStore } from './prefixStore.ts';

/** What a file says of its clip beside the keys and values. */
const aboutSchema = z.object({
  frames: z.number(),
  audioSeconds: z.number(),
  domain: domainScoreSchema.nullable(),
});
type About = z.infer<typeof aboutSchema>;

export interface PrefixFilesOptions {
  /** A folder of the app's own, for nothing else. */
  folder: string;
  /** Files that were not used for the longest time are removed beyond this. */
  limitBytes: number;
  /** Names the weights and the provider: prefixes of other ones are never mixed up. */
  modelName: string;
  shape: KvShape;
  /** Between the file and where the model keeps what it has read. */
  languageModel: Pick<LanguageModel, 'toHost' | 'fromHost'>;
}

/**
 * Lays files under a store in memory, so that a clip is still known after a restart. What goes wrong with a file
 * costs the time to read the clip again, nothing else.
 */
export function storeWithFiles(memory: PrefixStore, options: PrefixFilesOptions): PrefixStore {
  const written = new Set<string>();
  const fileOf = (key: string) => {
    const name = createHash('sha256').update(`${options.modelName}\n${key}`).digest('hex').slice(0, 40);
    return join(options.folder, `${name}.kv`);
  };
  return {
    get bytes() {
      return memory.bytes;
    },
    async take(key) {
      const known = await memory.take(key);
      if (known !== null) return known;
      const file = fileOf(key);
      const read = await readKvCacheFile(file, options.shape);
      const about = aboutSchema.safeParse(read?.about);
      if (read === null || !about.success) return null;
      written.add(file);
      const now = new Date();
      await utimes(file, now, now).catch(ignore('a kept clip does not say when it was used', { file })); // used now: the last to be removed
      const { length } = read.cache;
      return { cache: await options.languageModel.fromHost(read.cache), length, ...about.data };
    },
    keep(key, prefix) {
      const file = fileOf(key);
      const isKnown = written.has(file) || isLost(prefix.cache);
      // Read before the memory may give it up.
      const host = isKnown ? null : options.languageModel.toHost(prefix.cache, prefix.length);
      memory.keep(key, prefix);
      if (host === null) return;
      written.add(file);
      write(file, { ...prefix, host }, options).catch((thrown: unknown) => {
        log.warn('a clip was not kept for the next question', { file }, thrown);
        written.delete(file);
      });
    },
  };
}

async function write(
  file: string,
  { host, length, frames, audioSeconds, domain }: Omit<ClipPrefix, 'cache'> & { host: Promise<KvCache> },
  { folder, limitBytes, shape }: PrefixFilesOptions,
) {
  const cache = await host;
  await mkdir(folder, { recursive: true });
  await writeKvCacheFile(file, { cache, shape, length, about: { frames, audioSeconds, domain } satisfies About });
  await removeOldest(folder, limitBytes);
}

async function removeOldest(folder: string, limitBytes: number): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.kv'));
  const files = await Promise.all(
    names.map(async (name) => {
      const { size, mtimeMs } = await stat(join(folder, name));
      return { path: join(folder, name), size, mtimeMs };
    }),
  );
  let bytes = files.reduce((sum, { size }) => sum + size, 0);
  for (const { path, size } of files.toSorted((a, b) => a.mtimeMs - b.mtimeMs)) {
    if (bytes <= limitBytes) break;
    await rm(path, { force: true });
    bytes -= size;
  }
}
