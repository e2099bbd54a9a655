/** No request of any form ends the server, and no client makes it hold more than it may. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { seededRandom } from '../../attack/random.ts';
import { attackServer } from '../../attack/rawRequests.ts';

let folder: string;
let server: ChildProcess;
let address: URL;
let complaints = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playhead-server-'));
  server = spawn(process.execPath, [join(import.meta.dirname, 'programs', 'runServer.ts'), folder]);
  server.stderr?.on('data', (chunk) => {
    complaints += chunk;
  });
  const [line] = await once(server.stdout as NodeJS.ReadableStream, 'data');
  address = new URL(JSON.parse(String(line)).address);
});
afterAll(async () => {
  server.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

async function expectAlive(): Promise<void> {
  expect((await fetch(address.origin)).status).toBe(200);
  expect({ exitCode: server.exitCode, complaints }).toEqual({ exitCode: null, complaints: '' });
}

/** Sends bytes and gives what comes back until the server hangs up. */
async function exchange(text: string, encoding: BufferEncoding = 'utf8'): Promise<string> {
  const socket = connect(Number(address.port), '127.0.0.1');
  socket.on('error', () => {});
  socket.write(Buffer.from(text, encoding));
  let answer = '';
  for await (const chunk of socket) answer += chunk;
  return answer;
}

const upgrade = (target: string, ...headers: string[]) =>
  [
    `GET ${target} HTTP/1.1`,
    `Host: ${address.host}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ...headers,
    '\r\n',
  ].join('\r\n');

describe('a client that means harm', () => {
  it('is refused when it asks for an upgrade of an address that is none', async () => {
    for (const target of ['//', 'http://[', 'http://[::1']) {
      expect(await exchange(upgrade(target)), target).toMatch(/^HTTP\/1\.1 400/);
    }
    await expectAlive();
  });

  it('is refused with a credential of 64 letters outside ASCII, wherever it puts it', async () => {
    const letters = 'é'.repeat(64);
    const query = new URLSearchParams({ session: letters, until: '9999999999', signature: letters });
    expect((await fetch(`${address.origin}/media/x?${query}`)).status).toBe(401);
    expect(await exchange(upgrade('/x', `Cookie: playhead-token=${letters}`), 'latin1')).toMatch(/^HTTP\/1\.1 404/);
    for (const hello of [{ kind: 'hello', with: 'code', id: letters, challenge: letters }, {}, [], letters]) {
      const socket = new WebSocket(`ws://${address.host}/rpc`, { headers: { origin: address.origin } });
      await once(socket, 'open');
      socket.send(JSON.stringify(hello));
      expect(JSON.parse(String((await once(socket, 'message'))[0]))).toMatchObject({ kind: 'refused' });
      await once(socket, 'close');
    }
    await expectAlive();
  });

  it('gets nothing over a socket before it has proved itself', async () => {
    const socket = new WebSocket(`ws://${address.host}/rpc`, { headers: { origin: address.origin } });
    await once(socket, 'open');
    socket.send(JSON.stringify({ t: 'q', i: '1', m: 'status', a: [{}] }));
    expect(JSON.parse(String((await once(socket, 'message'))[0]))).toMatchObject({ kind: 'refused' });
    await once(socket, 'close');
  });

  it('may reset the connection while it is being refused', async () => {
    for (let count = 0; count < 50; count++) {
      const socket = connect(Number(address.port), '127.0.0.1');
      await once(socket, 'connect');
      socket.on('error', () => {});
      socket.write(upgrade('/rpc', 'Origin: https://evil.example'));
      await new Promise((resolve) => setTimeout(resolve, count % 5));
      socket.resetAndDestroy();
    }
    await expectAlive();
  });

  it('gets nothing by a path that cannot be one', async () => {
    for (const path of ['/%', '/%00', '/%c0%ae', '/..%2fpackage.json']) {
      expect((await fetch(address.origin + path)).status, path).toBe(404);
    }
    await expectAlive();
  });

  it('may send 400 requests and upgrades of any form', async () => {
    const seed = 20_261_128;
    await attackServer(seededRandom(seed), Number(address.port), 400);
    await expectAlive();
  });

  it('leaves room for others when it opens connections and says nothing', async () => {
    const silent = Array.from({ length: 400 }, () => connect(Number(address.port), '127.0.0.1').on('error', () => {}));
    await Promise.all(silent.map((socket) => once(socket, 'connect').catch(() => {})));
    await expectAlive();
    const left = () => silent.filter((socket) => !socket.destroyed && !socket.readableEnded);
    await vi.waitFor(() => expect(left().length).toBeLessThanOrEqual(256), { timeout: 30_000 });
    for (const socket of silent) socket.destroy();
  });
});
