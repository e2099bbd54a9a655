/** What the desktop shell hands to the engine: the system's key store and its way to other machines. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { proxyOf } from '../../../src/main/network/proxyOf.ts';
import { electron, folder, shell } from './shellFixture.ts';

const open = () => shell<typeof import('../../../src/main/shells/electron/safeKeys.ts')>('safeKeys');

test('a token is sealed by the system before it is written, and each host has its own', async () => {
  const { safeKeys } = await open();
  await safeKeys.set('hub.example', 'hf_secret');
  await safeKeys.set('mirror.example', 'hf_other');
  expect(await safeKeys.get('hub.example')).toBe('hf_secret');
  expect(await readFile(join(folder, 'tokens.sealed.json'), 'utf8')).not.toContain('hf_secret');
  await safeKeys.set('hub.example', null);
  expect([await safeKeys.get('hub.example'), await safeKeys.get('mirror.example')]).toEqual([null, 'hf_other']);
});

test.skipIf(process.platform !== 'linux')(
  'where the system keeps no secret, a token is refused, not hidden',
  async () => {
    const { safeKeys } = await open();
    electron.test.secrets.backend = 'basic_text';
    await expect(safeKeys.set('hub.example', 'hf_secret')).rejects.toThrow('no key store');
    await safeKeys.set('hub.example', null); // there is nothing to take away
  },
);

test('the proxy that the system names for an address is taken', async () => {
  const { systemProxy } = await shell<typeof import('../../../src/main/shells/electron/systemProxy.ts')>('systemProxy');
  electron.test.proxies.set('hub.example', 'PROXY proxy.example:8080; DIRECT');
  expect(await systemProxy(new URL('https://hub.example/x'))).toBe('http://proxy.example:8080');
  expect(await systemProxy(new URL('https://other.example/x'))).toBeNull();
});

test('of several ways the first that can be spoken is chosen', () => {
  expect(proxyOf('SOCKS a.example:1080; HTTPS b.example:443; DIRECT')).toBe('https://b.example:443');
  expect(proxyOf('SOCKS5 a.example:1080')).toBe('socks5://a.example:1080');
  expect(proxyOf('DIRECT; PROXY a.example:80')).toBeNull();
  expect(proxyOf('PROXY [::1]:8080')).toBe('http://[::1]:8080');
  expect(proxyOf('')).toBeNull();
});

test('a proxy that cannot be spoken to is told, and nothing goes past it', () => {
  for (const answer of ['SOCKS a.example:1080', 'PROXY']) expect(() => proxyOf(answer)).toThrow(/cannot speak to/);
});
