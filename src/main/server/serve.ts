/**
 * Shell 3: the same UI in a browser on this machine. Loopback only; every call, picture and media file
 * needs the token of this start; pages of other origins are refused; only the library's own files are served.
 */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Engine } from '../core/createEngine.ts';
import { Access } from './access.ts';
import { createApp } from './app.ts';
import { limitSilentConnections, patience } from './keepAlive.ts';
import { attachRpc } from './rpcSocket.ts';

export interface ServeOptions {
  engine: Engine;
  /** The built renderer. */
  uiFolder: string;
  /** 0 takes a free one. */
  port: number;
}

export interface RunningServer {
  /** With the token: whoever has it may use the library. */
  address: string;
  port: number;
  close(): Promise<void>;
}

export async function serve({ engine, uiFolder, port }: ServeOptions): Promise<RunningServer> {
  const access = new Access();
  const app = createApp(engine, uiFolder, access);
  const server = createAdaptorServer({ fetch: app.fetch, serverOptions: patience }) as Server;
  limitSilentConnections(server);
  const closeRpc = attachRpc(server, engine, access);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  // A connection that could not be accepted (too many open files) is its client's loss alone.
  server.on('error', () => {});
  const actualPort = (server.address() as AddressInfo).port;
  access.listenOn(actualPort);
  return {
    address: `http://127.0.0.1:${actualPort}/?token=${access.token}`,
    port: actualPort,
    async close() {
      closeRpc();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
