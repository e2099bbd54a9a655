/** The local server gives nothing to anyone but the holder of its token, on its own pages. */
import { expect, test } from '@playwright/test';
import WebSocket from 'ws';
import { type RunningPlayhead, startPlayhead } from './support/playhead.ts';

let running: RunningPlayhead;
let token: string;

test.beforeAll(async () => {
  running = await startPlayhead();
  token = new URL(running.address).searchParams.get('token') ?? '';
});
test.afterAll(() => running.close());

/** "open", or the status with which the socket was refused. */
function trySocket(query: string, headers: Record<string, string>): Promise<string> {
  const socket = new WebSocket(`${running.origin.replace('http', 'ws')}/rpc${query}`, { headers });
  return new Promise((resolve) => {
    socket.on('open', () => {
      socket.close();
      resolve('open');
    });
    socket.on('unexpected-response', (_request, response) => resolve(String(response.statusCode)));
    socket.on('error', (error) => resolve(error.message));
  });
}

test('a socket opens with the token from its own page, and in no other way', async () => {
  expect(await trySocket(`?token=${token}`, { origin: running.origin })).toBe('open');
  expect(await trySocket('', { origin: running.origin })).toBe('401');
  expect(await trySocket('?token=wrong', { origin: running.origin })).toBe('401');
  expect(await trySocket(`?token=${token}`, { origin: 'https://example.org' })).toBe('403');
  expect(await trySocket(`?token=${token}`, { origin: running.origin, host: 'evil.example' })).toBe('403');
});

test('media needs the token, and only the library’s own files have an address', async ({ request }) => {
  expect((await request.get(`${running.origin}/media/whatever`)).status()).toBe(401);
  expect((await request.get(`${running.origin}/media/whatever?token=${token}`)).status()).toBe(404);
  for (const path of ['/..%2f..%2fpackage.json', '/%2e%2e/main/cli.js', '/media/..%2f..%2fetc%2fpasswd']) {
    const response = await request.get(`${running.origin}${path}?token=${token}`);
    expect(response.status(), path).toBeGreaterThanOrEqual(400);
  }
});

test('pages come with a strict content security policy', async ({ request }) => {
  const policy = (await request.get(running.address)).headers()['content-security-policy'] ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self'");
  expect(policy).not.toContain('unsafe');
});

test('a message that is no call ends the connection, and a call with wrong input is answered with what is wrong', async () => {
  const socket = new WebSocket(`${running.origin.replace('http', 'ws')}/rpc?token=${token}`, {
    headers: { origin: running.origin },
  });
  await new Promise((resolve) => socket.on('open', resolve));
  const reply = new Promise<{ ok: boolean; error: { code: string; message: string } }>((resolve) => {
    socket.on('message', (data) => {
      const message = JSON.parse(String(data));
      if (message.kind === 'reply') resolve(message);
    });
  });
  socket.send(JSON.stringify({ kind: 'call', id: 1, name: 'search', input: { text: 5 } }));
  expect((await reply).error.code).toBe('invalid-input');
  expect((await reply).error.message).toContain('text');
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  socket.send('{"kind":"drop tables"}');
  expect(await closed).toBe(1008);
});
