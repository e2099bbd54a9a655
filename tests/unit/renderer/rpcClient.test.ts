import { MessageChannel } from 'node:worker_threads';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { EngineApi, EngineEvent } from '../../../src/contract/index.ts';
import { PlayheadError } from '../../../src/contract/index.ts';
import { messagePort } from '../../../src/main/channel/messagePort.ts';
import { serveWindow } from '../../../src/main/channel/serveWindow.ts';
import { backoffMs } from '../../../src/renderer/client/backoff.ts';
import { createRpcClient } from '../../../src/renderer/client/rpcClient.ts';
import type { TransportListener } from '../../../src/renderer/client/transport.ts';

/** A client and, once it is connected, as much of an engine as the test gives. */
function connect(api: Partial<EngineApi> = {}) {
  let listener!: TransportListener;
  const client = createRpcClient({
    start: (given) => {
      listener = given;
    },
    urlOf: (route) => route,
  });
  const listeners = new Set<(event: EngineEvent) => void>();
  const onEvent = (added: (event: EngineEvent) => void) => {
    listeners.add(added);
    return () => void listeners.delete(added);
  };
  const open = () => {
    const { port1, port2 } = new MessageChannel();
    onTestFinished(() => port1.close());
    serveWindow(messagePort(port1), { api: api as EngineApi, onEvent });
    listener.onOpen(messagePort(port2));
  };
  return { client, listener, open, emit: (event: EngineEvent) => listeners.forEach((hear) => void hear(event)) };
}

describe('the client', () => {
  it('holds calls until the first connection, and gives each its own answer', async () => {
    const asked: string[] = [];
    const { client, open } = connect({
      async getMedia({ mediaId }) {
        asked.push(mediaId);
        throw new PlayheadError({ code: 'not-found', message: 'no such file', hint: 'look again' });
      },
      async listJobs() {
        asked.push('jobs');
        return [];
      },
    });
    const one = client.call('getMedia', { mediaId: 'a' });
    const two = client.call('listJobs', {});
    open();
    await Promise.all([
      expect(two).resolves.toEqual([]),
      expect(one).rejects.toMatchObject({ code: 'not-found', hint: 'look again' }),
    ]);
    expect(asked).toEqual(['a', 'jobs']);
  });

  it('rejects what was under way on a lost connection, and what is asked while it is lost', async () => {
    const { client, listener, open } = connect({ status: () => new Promise(() => {}), listJobs: async () => [] });
    open();
    const pending = client.call('status', {});
    listener.onClosed('lost');
    await expect(pending).rejects.toMatchObject({ code: 'connection-lost' });
    await expect(client.call('status', {})).rejects.toMatchObject({ code: 'connection-lost' });
    open();
    expect(await client.call('listJobs', {})).toEqual([]);
  });

  it('rejects what waited for a first connection that is refused', async () => {
    const { client, listener } = connect();
    const waiting = client.call('status', {});
    listener.onClosed('refused');
    await expect(waiting).rejects.toMatchObject({ code: 'connection-lost' });
  });

  it('tells the state at once and then every change, until the listener leaves', () => {
    const { client, listener, open } = connect();
    const states: string[] = [];
    const leave = client.onConnection((state) => states.push(state));
    open();
    leave();
    listener.onClosed('lost');
    expect(states).toEqual(['connecting', 'open']);
  });

  it('hands out events, until the listener leaves', async () => {
    const { client, open, emit } = connect({ listJobs: async () => [] });
    const heard: string[] = [];
    const leave = client.onEvent(({ type }) => heard.push(type));
    open();
    emit({ type: 'statusChanged' });
    await client.call('listJobs', {});
    leave();
    emit({ type: 'statusChanged' });
    await client.call('listJobs', {});
    expect(heard).toEqual(['statusChanged']);
  });

  it('reaches the contract’s calls alone, none of the names that every object has', async () => {
    const { client, open } = connect({ listJobs: async () => [] });
    open();
    for (const name of ['toString', 'constructor', '__proto__', '@abort', 'close'] as never[]) {
      await expect(client.call(name, {} as never)).rejects.toMatchObject({ code: 'invalid-input' });
    }
  });

  it('tries again with growing pauses', () => {
    expect([0, 1, 2, 9].map(backoffMs)).toEqual([250, 500, 1000, 8000]);
  });
});
