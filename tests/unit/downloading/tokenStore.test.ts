import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type KeyStore, tokenStore } from '../../../src/main/downloading/tokenStore.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playhead-token-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const locked: KeyStore = {
  place: 'nowhere',
  get: () => Promise.reject(new Error('locked')),
  set: () => Promise.reject(new Error('locked')),
};

test('without a key store a token is in a file of its owner alone, which is told, and each host has its own', async () => {
  const file = join(folder, 'tokens.json');
  const store = tokenStore(locked, file);
  expect(await store.write('hub.example', 'hf_one')).toContain(file);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await store.read('hub.example')).toBe('hf_one');
  expect(await store.read('other.example')).toBeNull();
  await store.write('hub.example', null);
  expect(await store.read('hub.example')).toBeNull();
  await expect(stat(file)).rejects.toThrow();
});
