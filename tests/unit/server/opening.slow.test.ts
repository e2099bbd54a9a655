/** A window is opened with a one-time code, finds its server again after a restart, and tells nothing to another one. */
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { WebSocketServer } from 'ws';
import type { Credential } from '../../../src/contract/index.ts';
import { createEngine, type Engine } from '../../../src/main/engine/createEngine.ts';
import { type RunningServer, serve } from '../../../src/main/shells/server/serve.ts';
import type { Credentials } from '../../../src/renderer/client/credentials.ts';
import { createRpcClient } from '../../../src/renderer/client/rpcClient.ts';
import type { ConnectionState } from '../../../src/renderer/client/transport.ts';
import { createWebSocketTransport } from '../../../src/renderer/client/webSocketTransport.ts';
import { standInHosts } from '../../support/standInHosts.ts';

let folder: string;
let engine: Engine;
let server: RunningServer;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playhead-opening-'));
  await writeFile(join(folder, 'index.html'), '<!doctype html>');
  engine = await createEngine({
    version: 'test',
    libraryFolder: join(folder, 'library'),
    resourcesFolder: join(import.meta.dirname, '..', '..', '..', 'resources'),
    spawnHost: standInHosts(),
  });
  server = await start();
});
afterEach(async () => {
  await server.close();
  await engine.close();
  await rm(folder, { recursive: true, force: true });
});

const start = () => serve({ engine, ui: folder, port: 0, libraryFolder: join(folder, 'library') });

const codeOf = (address: string): Credential => {
  const [id = '', secret = ''] = (new URL(address).searchParams.get('code') ?? '').split('.');
  return { id, secret };
};

/** A window of the UI, as the browser runs it. */
function openTab(origin: string, code: Credential | null, session: Credential | null = null) {
  const credentials: Credentials & { session: Credential | null } = {
    code,
    session,
    keep(next) {
      credentials.session = next;
    },
  };
  const transport = createWebSocketTransport(origin, credentials);
  const client = createRpcClient(transport);
  const states: ConnectionState[] = [];
  client.onConnection((state) => states.push(state));
  const until = async (state: ConnectionState) => {
    while (states.at(-1) !== state) await new Promise((resolve) => setTimeout(resolve, 10));
  };
  return { client, credentials, states, until };
}

const originOf = (address: string) => new URL(address).origin;

describe('a window in the browser', () => {
  it('is opened by an address once: a second one with the same address is refused, the next address opens', async () => {
    const { address } = server;
    const first = openTab(originOf(address), codeOf(address));
    await first.until('open');
    expect((await first.client.call('status', {})).version).toBe('test');
    const second = openTab(originOf(address), codeOf(address));
    await second.until('refused');
    await expect(second.client.call('status', {})).rejects.toMatchObject({ code: 'connection-lost' });
    const third = openTab(originOf(address), codeOf(server.address));
    await third.until('open');
  });

  it('goes on after the server was started again, on the same port', async () => {
    const { address, port } = server;
    const tab = openTab(originOf(address), codeOf(address));
    await tab.until('open');
    await server.close();
    await tab.until('lost');
    server = await start();
    expect(server.port).toBe(port);
    await tab.until('open');
    expect((await tab.client.call('status', {})).version).toBe('test');
  });

  it('without a code or a session is told so at once', async () => {
    await openTab(originOf(server.address), null).until('refused');
  });

  it('hands nothing over to a program that cannot prove that it is the same server', async () => {
    const stranger = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    await once(stranger, 'listening');
    onTestFinished(() => stranger.close());
    const heard: string[] = [];
    const left = new Promise<void>((resolve) =>
      stranger.on('connection', (socket) => {
        socket.on('message', (data) => {
          heard.push(String(data));
          socket.send(JSON.stringify({ kind: 'proof', proof: '0'.repeat(64), challenge: '0'.repeat(32) }));
        });
        socket.on('close', () => resolve());
      }),
    );
    const session = { id: '9999999999.abc', secret: 'ab'.repeat(32) };
    const tab = openTab(`http://127.0.0.1:${(stranger.address() as AddressInfo).port}`, null, session);
    void tab.client.call('status', {}).catch(() => {});
    await left;
    expect(heard.map((text) => JSON.parse(text).kind)).toEqual(['hello']);
    expect(heard.join()).not.toContain(session.secret);
    expect(tab.states).not.toContain('open');
  });

  it('reaches pictures by signed addresses, which no other window can make', async () => {
    const tab = openTab(originOf(server.address), codeOf(server.address));
    await tab.until('open');
    expect((await fetch(tab.client.urlOf('thumbnail/none'))).status).toBe(404);
    expect((await fetch(tab.client.urlOf('thumbnail/none').replace('none', 'other'))).status).toBe(401);
    expect((await fetch(`${originOf(server.address)}/media/none`)).status).toBe(401);
    expect(tab.client.urlOf('media/a')).toBe(tab.client.urlOf('media/a'));
    const page = await fetch(`${server.address}`);
    expect(page.headers.get('set-cookie')).toBeNull();
  });
});
