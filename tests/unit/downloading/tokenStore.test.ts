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
  const store = tokenStore([locked], file);
  expect(await store.write('hub.example', 'hf_one')).toContain(file);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await store.read('hub.example')).toBe('hf_one');
  expect(await store.read('other.example')).toBeNull();
  await store.write('hub.example', null);
  expect(await store.read('hub.example')).toBeNull();
  await expect(stat(file)).rejects.toThrow();
});

test('of two key stores the first that takes a token keeps it, what the second had is forgotten, and either is read', async () => {
  const open = (place: string): KeyStore & { kept: Map<string, string> } => {
    const kept = new Map<string, string>();
    const set = async (host: string, token: string | null) => void (token ? kept.set(host, token) : kept.delete(host));
    return { place, kept, get: async (host) => kept.get(host) ?? null, set };
  };
  const [first, second] = [open('the first'), open('the second')];
  const store = tokenStore([locked, first, second], join(folder, 'tokens.json'));
  await second.set('hub.example', 'hf_old');
  expect(await store.read('hub.example')).toBe('hf_old');
  expect(await store.write('hub.example', 'hf_new')).toBe('the first');
  expect([first.kept.get('hub.example'), second.kept.size]).toEqual(['hf_new', 0]);
  await store.write('hub.example', null);
  expect(await store.read('hub.example')).toBeNull();
});
