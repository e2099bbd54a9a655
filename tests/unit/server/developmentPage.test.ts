import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isDevelopmentServer, servePage } from '../../../src/main/shells/shared/servePage.ts';

const vite = createServer((request, response) => {
  response.writeHead(request.url === '/gone.ts' ? 404 : 200, { 'content-type': 'text/javascript', etag: 'one' });
  response.end(`asked for ${request.url}`);
});
let address = '';

beforeAll(async () => {
  vite.listen(0, '127.0.0.1');
  await once(vite, 'listening');
  address = `http://127.0.0.1:${(vite.address() as AddressInfo).port}`;
});
afterAll(() => void vite.close());

test('while the UI is worked on, its files come from Vite, with the queries that tell one form from another', async () => {
  const response = await servePage(address, new URL('http://localhost/App.vue?vue&type=style'));
  expect(await response.text()).toBe('asked for /App.vue?vue&type=style');
  expect(response.headers.get('content-type')).toBe('text/javascript');
  expect((await servePage(address, new URL('http://localhost/gone.ts'))).status).toBe(404);
});

test('such a page may hear of changes and style itself; it still runs no script of another origin', async () => {
  const response = await servePage(address, new URL('http://localhost/'));
  const policy = response.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("connect-src 'self' ws://127.0.0.1:*");
  expect(policy).toContain("script-src 'self';");
});

test('only an address on this machine is taken for a server of the UI', () => {
  expect(isDevelopmentServer('http://127.0.0.1:5173')).toBe(true);
  for (const other of ['http://example.org:80', 'https://127.0.0.1:5173', 'http://127.0.0.1:5173.example.org', '/out'])
    expect(isDevelopmentServer(other), other).toBe(false);
});
