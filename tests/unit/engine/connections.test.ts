import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { expect, onTestFinished, test } from 'vitest';
import { connectionsMade, countConnections } from '../../../src/main/engine/connections.ts';

/** An address of this machine that is no loopback: a connection to it is made as to any other. */
const outer = Object.values(networkInterfaces())
  .flatMap((each) => each ?? [])
  .find(({ internal, family }) => !internal && family === 'IPv4')?.address;

async function connectTo(host: string, port: number): Promise<void> {
  const socket = connect(port, host);
  await once(socket, 'connect');
  socket.destroy();
}

test.skipIf(!outer)('the status tells every address that was connected to, and none within this machine', async () => {
  const server = createServer((socket) => socket.on('error', () => {})).listen(0, '0.0.0.0');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  onTestFinished(() => void server.close());
  onTestFinished(countConnections());
  await connectTo('127.0.0.1', port);
  expect(connectionsMade()).toEqual([]);
  await connectTo(outer as string, port);
  await connectTo(outer as string, port);
  expect(connectionsMade()).toEqual([`${outer}:${port} (2 times)`]);
});
