/**
 * Where a Hub's token is kept: in the system's key store, else in a file that only its owner may read. The place is told,
 * so that nobody takes a file for a key store.
 */
import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import * as z from 'zod';
import { log } from '../log/log.ts';

export interface TokenStore {
  /** @param host of the endpoint: each has a token of its own */
  read(host: string): Promise<string | null>;
  /** Null takes it away. @returns where it is kept now, in words */
  write(host: string, token: string | null): Promise<string>;
}

/** What a system's key store can do. @throws where there is none, or it is locked */
export interface KeyStore {
  /** In words: "the system's key store". */
  place: string;
  get(host: string): Promise<string | null>;
  set(host: string, token: string | null): Promise<void>;
}

const tokensSchema = z.record(z.string(), z.string());

/**
 * @param stores in the order in which they are tried: the first that takes a token keeps it, the others forget theirs
 * @param file holds what none of them takes, for its owner alone (0600)
 */
export function tokenStore(stores: readonly KeyStore[], file: string): TokenStore {
  return {
    async read(host) {
      for (const store of stores) {
        const kept = await store.get(host).catch((thrown: unknown) => {
          log.warn('a key store gave no token', { host, store: store.place }, thrown);
          return null;
        });
        if (kept !== null) return kept;
      }
      return (await readTokens(file))[host] ?? null;
    },
    async write(host, token) {
      let keeper: KeyStore | null = null;
      for (const store of stores) if (await takes(store, host, keeper === null ? token : null)) keeper ??= store;
      await writeTokens(file, host, keeper === null ? token : null);
      return keeper?.place ?? `the file ${file}, which only your account may read`;
    },
  };
}

/** False where the store is locked, or not there at all. */
async function takes(store: KeyStore, host: string, token: string | null): Promise<boolean> {
  return store.set(host, token).then(
    () => true,
    (thrown: unknown) => {
      log.warn('a key store took no token', { host, store: store.place }, thrown);
      return false;
    },
  );
}

async function readTokens(file: string): Promise<Record<string, string>> {
  try {
    return tokensSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return {};
  }
}

async function writeTokens(file: string, host: string, token: string | null): Promise<void> {
  const { [host]: _, ...others } = await readTokens(file);
  const tokens = token === null ? others : { ...others, [host]: token };
  if (Object.keys(tokens).length === 0) return rm(file, { force: true });
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeFileAtomic(file, `${JSON.stringify(tokens)}\n`, { mode: 0o600 });
}
