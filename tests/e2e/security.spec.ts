/** The local server gives nothing to anyone but the windows that the person opened, on its own pages. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, type Page, test } from '@playwright/test';
import WebSocket from 'ws';
import { type RunningPlayhead, startPlayhead } from '../../tools/lib/builtPlayhead.ts';

let running: RunningPlayhead;

test.beforeAll(async () => {
  running = await startPlayhead();
});
test.afterAll(() => running.close());

/** "open", or the status with which the socket was refused. */
function trySocket(path: string, headers: Record<string, string>): Promise<string> {
  const socket = new WebSocket(`${running.origin.replace('http', 'ws')}${path}`, { headers });
  return new Promise((resolve) => {
    socket.on('open', () => {
      socket.close();
      resolve('open');
    });
    socket.on('unexpected-response', (_request, response) => resolve(String(response.statusCode)));
    socket.on('error', (error) => resolve(error.message));
  });
}

const isOpen = (page: Page) =>
  expect(page.getByTestId('library-filter').or(page.getByTestId('empty-library')).first()).toBeVisible();

test('a socket opens from the server’s own pages alone', async () => {
  expect(await trySocket('/rpc', { origin: running.origin })).toBe('open');
  expect(await trySocket('/rpc', { origin: 'https://example.org' })).toBe('403');
  expect(await trySocket('/rpc', { origin: running.origin, host: 'evil.example' })).toBe('403');
  expect(await trySocket('/other', { origin: running.origin })).toBe('404');
});

test('a socket that has not proved itself gets no answer to a call', async () => {
  const socket = new WebSocket(`${running.origin.replace('http', 'ws')}/rpc`, { headers: { origin: running.origin } });
  const heard: string[] = [];
  socket.on('message', (data) => heard.push(JSON.parse(String(data)).kind));
  await new Promise((resolve) => socket.on('open', resolve));
  const closed = new Promise((resolve) => socket.on('close', resolve));
  socket.send(JSON.stringify({ t: 'q', i: '1', m: 'listMedia', a: [{}] }));
  await closed;
  expect(heard).toEqual(['refused']);
});

test('media needs a signed address, and only the library’s own files have one', async ({ request }) => {
  expect((await request.get(`${running.origin}/media/whatever`)).status()).toBe(401);
  for (const path of ['/..%2f..%2fpackage.json', '/%2e%2e/main/cli.js', '/media/..%2f..%2fetc%2fpasswd']) {
    expect((await request.get(`${running.origin}${path}`)).status(), path).toBeGreaterThanOrEqual(400);
  }
});

test('an address opens one window; the next one is told how to get another, and a reload needs none', async ({
  browser,
}) => {
  const { address } = running;
  const first = await (await browser.newContext()).newPage();
  await first.goto(address);
  await isOpen(first);
  expect(first.url()).not.toContain('code');
  await first.reload();
  await isOpen(first);
  const second = await (await browser.newContext()).newPage();
  await second.goto(address);
  await expect(second.getByTestId('connection-notice')).toContainText('newest address');
  await second.goto(running.address);
  await isOpen(second);
});

test('an open window finds its server again after a restart, and another server on this machine gets nothing of it', async ({
  browser,
}) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(running.address);
  await isOpen(page);
  const other = createServer((request, response) => response.end(JSON.stringify(request.headers)));
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const elsewhere = await context.newPage();
  await elsewhere.goto(`http://127.0.0.1:${(other.address() as AddressInfo).port}/`);
  expect(await elsewhere.textContent('body')).not.toContain('cookie');
  expect(await elsewhere.evaluate(() => JSON.stringify(sessionStorage))).toBe('{}');
  other.close();
  const { library, origin } = running;
  await running.kill();
  await expect(page.getByTestId('connection-notice')).toBeVisible();
  running = await startPlayhead(library);
  expect(running.origin).toBe(origin);
  await expect(page.getByTestId('connection-notice')).toBeHidden({ timeout: 20_000 });
});

test('pages come with a strict content security policy', async ({ request }) => {
  const policy = (await request.get(running.origin)).headers()['content-security-policy'] ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self'");
  expect(policy).not.toContain('unsafe');
});
