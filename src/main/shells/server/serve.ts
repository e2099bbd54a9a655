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
import type { Outside } from '../shared/readOutside.ts';
import { readServerFile, writeServerFile } from '../shared/serverFile.ts';
import { Access } from './access.ts';
import { createApp } from './app.ts';
import { limitSilentConnections, patience } from './keepAlive.ts';
import { attachRpc } from './rpcSocket.ts';
import { TabWindows } from './tabWindows.ts';

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
  /** Shows what this start was asked to open, in the window that is opened next where there is none. */
  receive(outside: Outside[]): Promise<void>;
  close(): Promise<void>;
}

export async function serve({ engine, ui, port, libraryFolder, onNewAddress }: ServeOptions): Promise<RunningServer> {
  const kept = await readServerFile(libraryFolder);
  const access = new Access(kept.key);
  const windows = new TabWindows(engine);
  const app = createApp(windows, ui, access);
  const server = createAdaptorServer({ fetch: app.fetch, serverOptions: patience }) as Server;
  limitSilentConnections(server);
  const closeRpc = attachRpc(server, {
    ...{ windows, access },
    onCodeUsed: () => onNewAddress?.(),
    onHandedOver: async (outside) => ({ address: (await windows.receive(outside)) ? null : address() }),
  });
  const address = () => `http://127.0.0.1:${actualPort}/?code=${access.code}`;
  const actualPort = await listen(server, port === 0 ? [kept.port, 0] : [port]);
  // A connection that could not be accepted (too many open files) is its client's loss alone.
  server.on('error', () => {});
  access.listenOn(actualPort);
  await writeServerFile(libraryFolder, { port: actualPort, key: kept.key });
  return {
    get address() {
      return address();
    },
    receive: async (outside) => void (await windows.receive(outside)),
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
