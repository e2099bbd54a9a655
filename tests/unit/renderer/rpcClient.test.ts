import { describe, expect, it } from 'vitest';
import type { CallMessage } from '../../../src/contract/index.ts';
import { backoffMs } from '../../../src/renderer/client/backoff.ts';
import { createRpcClient } from '../../../src/renderer/client/rpcClient.ts';
import { readServerMessage, type TransportListener } from '../../../src/renderer/client/transport.ts';

function connect() {
  const sent: CallMessage[] = [];
  let listener!: TransportListener;
  const client = createRpcClient({
    start: (given) => {
      listener = given;
    },
    send: (message) => void sent.push(message),
    urlOf: (route) => route,
  });
  return { client, sent, listener };
}

describe('the client', () => {
  it('holds calls until the first connection and matches replies in any order', async () => {
    const { client, sent, listener } = connect();
    const one = client.call('getMedia', { mediaId: 'a' });
    const two = client.call('listJobs', {});
    expect(sent).toHaveLength(0);
    listener.onState('open');
    expect(sent.map((message) => message.name)).toEqual(['getMedia', 'listJobs']);
    listener.onMessage({ kind: 'reply', id: sent[1]?.id ?? -1, ok: true, value: [] });
    listener.onMessage({
      kind: 'reply',
      id: sent[0]?.id ?? -1,
      ok: false,
      error: { code: 'not-found', message: 'no such file', hint: 'look again' },
    });
    expect(await two).toEqual([]);
    await expect(one).rejects.toMatchObject({ code: 'not-found', hint: 'look again' });
  });

  it('rejects what was under way on a lost connection, and what is asked while it is lost', async () => {
    const { client, listener } = connect();
    listener.onState('open');
    const pending = client.call('status', {});
    listener.onState('lost');
    await expect(pending).rejects.toMatchObject({ code: 'connection-lost' });
    await expect(client.call('status', {})).rejects.toMatchObject({ code: 'connection-lost' });
  });

  it('tells the state at once and then every change, until the listener leaves', () => {
    const { client, listener } = connect();
    const states: string[] = [];
    const leave = client.onConnection((state) => states.push(state));
    listener.onState('open');
    leave();
    listener.onState('lost');
    expect(states).toEqual(['connecting', 'open']);
  });

  it('tries again with growing pauses', () => {
    expect([0, 1, 2, 9].map(backoffMs)).toEqual([250, 500, 1000, 8000]);
  });

  it('ignores what is not a message of ours', () => {
    for (const data of ['', 'no json', '3', 'null', { kind: 'call' }, undefined])
      expect(readServerMessage(data)).toBeNull();
    expect(readServerMessage('{"kind":"event","event":{"type":"statusChanged"}}')).toMatchObject({ kind: 'event' });
  });
});
