/** One window's client, as the browser has it, without its tries to come back: an attack has to see that a call was lost. */
import { once } from 'node:events';
import type { PlayheadClient } from '../../../src/contract/index.ts';
import { type Greeted, greetServer } from '../../../src/renderer/client/greetServer.ts';
import { createRpcClient } from '../../../src/renderer/client/rpcClient.ts';
import { socketPort } from '../../../src/renderer/client/socketPort.ts';

/** @param address as it was printed, with its one-time code */
export async function openClient(address: string): Promise<PlayheadClient & { close(): void }> {
  const { host, searchParams } = new URL(address);
  const socket = new WebSocket(`ws://${host}/rpc`);
  await Promise.race([
    once(socket, 'open'),
    once(socket, 'error').then(() => Promise.reject(new Error(`nobody listens at ${host}`))),
  ]);
  const [id = '', secret = ''] = (searchParams.get('code') ?? '').split('.');
  const greeted = await new Promise<Greeted | 'closed'>((resolve) => {
    socket.addEventListener('close', () => resolve('closed'));
    greetServer(socket, 'code', { id, secret }, resolve);
  });
  if (typeof greeted === 'string') throw new Error(`${host} does not let us in: ${greeted}`);
  const client = createRpcClient({
    start({ onOpen, onClosed }) {
      socket.addEventListener('close', () => onClosed('lost'));
      onOpen(socketPort(socket));
    },
    urlOf: (route) => route,
  });
  return { ...client, close: () => socket.close() };
}
