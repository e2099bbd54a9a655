/** A second start of the program gives what it was asked to open to the server that is open. */
import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { WebSocketServer } from 'ws';
import type { Credential, EngineEvent } from '../../../src/contract/index.ts';
import { createEngine, type Engine } from '../../../src/main/engine/createEngine.ts';
import { type RunningServer, serve } from '../../../src/main/shells/server/serve.ts';
import { handOver } from '../../../src/main/shells/shared/handOver.ts';
import { readOutside } from '../../../src/main/shells/shared/readOutside.ts';
import { readServerFile, writeServerFile } from '../../../src/main/shells/shared/serverFile.ts';
import type { Credentials } from '../../../src/renderer/client/credentials.ts';
import { createRpcClient } from '../../../src/renderer/client/rpcClient.ts';
import { createWebSocketTransport } from '../../../src/renderer/client/webSocketTransport.ts';
import { standInHosts } from '../../support/standInHosts.ts';

const resourcesFolder = join(import.meta.dirname, '..', '..', '..', 'resources');
let folder: string;
let library: string;
let engine: Engine;
let server: RunningServer;
let film: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playhead-hand-over-'));
  library = join(folder, 'library');
  film = join(folder, 'a film.mp4');
  await copyFile(join(resourcesFolder, 'samples', 'red-circle-and-bell.mp4'), film);
  await writeFile(join(folder, 'index.html'), '<!doctype html>');
  engine = await createEngine({ version: 'test', libraryFolder: library, resourcesFolder, spawnHost: standInHosts() });
  server = await serve({ engine, ui: folder, port: 0, libraryFolder: library });
});
afterEach(async () => {
  await server.close();
  await engine.close();
  await rm(folder, { recursive: true, force: true });
});

async function openTab(address: string) {
  const [id = '', secret = ''] = (new URL(address).searchParams.get('code') ?? '').split('.');
  const credentials: Credentials & { session: Credential | null } = {
    ...{ code: { id, secret }, session: null },
    keep(next) {
      credentials.session = next;
    },
  };
  const transport = createWebSocketTransport(new URL(address).origin, credentials);
  const client = createRpcClient(transport);
  const events: EngineEvent[] = [];
  client.onEvent((event) => events.push(event));
  await client.call('status', {});
  const until = async <T extends EngineEvent['type']>(type: T) => {
    for (;;) {
      const found = events.find((event): event is Extract<EngineEvent, { type: T }> => event.type === type);
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  const get = async (route: string) => (await fetch(transport.urlOf(route))).status;
  return { client, events, until, get };
}

const ask = (what: string) => handOver(library, readOutside(['--ask', what], folder));

describe('a file that another start was asked about', () => {
  it('is shown in the tab that was opened last, and is granted to it alone', async () => {
    const first = await openTab(server.address);
    const last = await openTab(server.address);
    expect(await ask('a film.mp4')).toEqual({ address: null });
    const { mediaId } = await last.until('askAbout');
    const { item } = await last.client.call('getMedia', { mediaId });
    expect(item).toMatchObject({ path: film, isGranted: true });
    expect(await last.get(item.stream)).toBe(200);

    expect(first.events.map(({ type }) => type)).not.toContain('askAbout');
    await expect(first.client.call('getMedia', { mediaId })).rejects.toMatchObject({ code: 'not-found' });
    expect(await first.get(item.stream)).toBe(404);
  });

  it('waits, where no tab is open, for the tab that opens the address it gets', async () => {
    const handed = await ask('a film.mp4');
    const tab = await openTab(handed?.address ?? '');
    expect((await tab.until('askAbout')).clip).toBeNull();
  });

  it('by a link is shown as a path, and one on the network is refused', async () => {
    const tab = await openTab(server.address);
    await ask(`playhead://ask?path=${encodeURIComponent(film)}&start=1&end=2`);
    const { request } = await tab.until('agreeFirst');
    expect(request).toMatchObject({ path: film, from: 'link' });
    await ask('playhead://ask?path=//nas/film.mp4');
    expect((await tab.until('outsideFailed')).error.message).toContain('another computer');
    await tab.client.call('answerRequest', { requestId: request.id, isAgreed: true });
    expect((await tab.until('askAbout')).clip).toEqual({ startSec: 1, endSec: 2 });
  });
});

describe('another start', () => {
  it('that does not have the library’s key is refused', async () => {
    const { port } = await readServerFile(library);
    const stranger = join(folder, 'other');
    await mkdir(stranger);
    await writeServerFile(stranger, { port, key: '1'.repeat(64) });
    const tab = await openTab(server.address);
    expect(await handOver(stranger, readOutside(['--ask', film], folder))).toBeNull();
    expect(tab.events.map(({ type }) => type)).not.toContain('askAbout');
  });

  it('tells nothing to a program on that port that cannot prove that it is Playhead', async () => {
    const { key } = await readServerFile(library);
    const heard: string[] = [];
    const stranger = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    onTestFinished(() => stranger.close());
    stranger.on('connection', (socket) =>
      socket.on('message', (data) => {
        heard.push(data.toString());
        socket.send(JSON.stringify({ kind: 'proof', proof: '0'.repeat(64), challenge: '0'.repeat(32) }));
      }),
    );
    await once(stranger, 'listening');
    await writeServerFile(library, { port: (stranger.address() as AddressInfo).port, key });
    expect(await ask('a film.mp4')).toBeNull();
    expect(heard).toHaveLength(1);
    expect(heard.join()).not.toContain('film');
  });

  it('finds nobody where no server is open', async () => {
    await server.close();
    expect(await ask('a film.mp4')).toBeNull();
    server = await serve({ engine, ui: folder, port: 0, libraryFolder: library });
  });
});
