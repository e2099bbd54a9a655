/**
 * Shell 3: the same UI in a browser on this machine. Loopback only; a tab proves that it was opened by the person
 * before it is heard, pictures and media go by signed addresses; pages of other origins are refused; only the
 * library's own files are served.
 */
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { PlayheadError } from '../../../contract/index.ts';
import type { Engine } from '../../engine/createEngine.ts';
import { Access } from './access.ts';
import { createApp } from './app.ts';
import { limitSilentConnections, patience } from './keepAlive.ts';
import { attachRpc } from './rpcSocket.ts';
import { readServerFile, writeServerFile } from './serverFile.ts';

export interface ServeOptions {
  engine: Engine;
  /** The built renderer's folder, or the address of Vite's server (`npm run dev`). */
  ui: string;
  /** 0 takes the one of the last time, or a free one. */
  port: number;
  /** Where the server keeps its port and its key. */
  libraryFolder: string;
  /** An address was used: `address` is a new one. */
  onNewAddress?(): void;
}

export interface RunningServer {
  /** With a one-time code: whoever opens it first may use the library. */
  readonly address: string;
  port: number;
  close(): Promise<void>;
}

export async function serve({ engine, ui, port, libraryFolder, onNewAddress }: ServeOptions): Promise<RunningServer> {
  const kept = await readServerFile(libraryFolder);
  const access = new Access(kept.key);
  const app = createApp(engine, ui, access);
  const server = createAdaptorServer({ fetch: app.fetch, serverOptions: patience }) as Server;
  limitSilentConnections(server);
  const closeRpc = attachRpc(server, { engine, access, onCodeUsed: () => onNewAddress?.() });
  const actualPort = await listen(server, port === 0 ? [kept.port, 0] : [port]);
  // A connection that could not be accepted (too many open files) is its client's loss alone.
  server.on('error', () => {});
  access.listenOn(actualPort);
  await writeServerFile(libraryFolder, { port: actualPort, key: kept.key });
  return {
    get address() {
      return `http://127.0.0.1:${actualPort}/?code=${access.code}`;
    },
    port: actualPort,
    async close() {
      closeRpc();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Takes the first of these ports that is free; 0 is any. */
async function listen(server: Server, [port = 0, ...others]: number[]): Promise<number> {
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  } catch (thrown) {
    if (others.length === 0) throw cannotListen(port, thrown);
    return listen(server, others);
  }
}

function cannotListen(port: number, cause: unknown): PlayheadError {
  return new PlayheadError(
    {
      code: 'invalid-input',
      message: `The port ${port} cannot be opened on this machine.`,
      hint: 'Another program may use it: leave --port out, or choose another one.',
    },
    { cause },
  );
}
