/** What one client can make the server hold for it has a limit. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import type { EngineApi, EngineEvent } from '../../../src/contract/index.ts';
import type { Engine } from '../../../src/main/engine/createEngine.ts';
import { keepAlive } from '../../../src/main/shells/server/keepAlive.ts';
import { speak } from '../../../src/main/shells/server/speak.ts';

/** The server's end and the client's end of one connection. */
async function pair(): Promise<{ server: WebSocketServer; ours: WebSocket; theirs: WebSocket }> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  onTestFinished(() => server.close());
  const theirs = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const [[ours]] = await Promise.all([once(server, 'connection'), once(theirs, 'open')]);
  onTestFinished(() => theirs.terminate());
  return { server, ours, theirs };
}

/** As much of an engine as a connection needs: its calls and its events. */
function engineWith(api: Partial<EngineApi>) {
  const listeners = new Set<(event: EngineEvent) => void>();
  const engine = {
    api,
    onEvent(listener: (event: EngineEvent) => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  } as unknown as Engine;
  return { engine, listeners };
}

it('drops a client that never reads before its events fill the memory', async () => {
  const { ours, theirs } = await pair();
  const { engine, listeners } = engineWith({});
  speak(ours, engine);
  theirs.pause();
  const closed = once(ours, 'close');
  const event: EngineEvent = {
    type: 'answerDelta',
    jobId: 'j',
    conversationId: 'c',
    messageId: 'm',
    text: 'x'.repeat(2 ** 20),
  };
  for (let count = 0; count < 100; count++) for (const listener of listeners) listener(event);
  await closed;
  expect(listeners.size).toBe(0);
});

it('answers no more than 64 calls of one client at once, and all of them in the end', async () => {
  const { ours, theirs } = await pair();
  let open = 0;
  let most = 0;
  const { engine } = engineWith({
    listJobs: async () => {
      most = Math.max(most, ++open);
      await new Promise((resolve) => setTimeout(resolve, 2));
      open--;
      return [];
    },
  });
  speak(ours, engine);
  for (let id = 0; id < 1000; id++) theirs.send(JSON.stringify({ t: 'q', i: `${id}`, m: 'listJobs', a: [{}] }));
  let replies = 0;
  for await (const _ of messagesOf(theirs)) if (++replies === 1000) break;
  expect(most).toBeLessThanOrEqual(64);
});

it('closes a connection whose other end answers no more', async () => {
  const { server, ours, theirs } = await pair();
  onTestFinished(keepAlive(server, 30));
  server.emit('connection', ours);
  theirs.pause(); // no pong comes back
  await once(ours, 'close');
  expect(ours.readyState).toBe(WebSocket.CLOSED);
});

async function* messagesOf(socket: WebSocket): AsyncGenerator<unknown> {
  const waiting: unknown[] = [];
  let wake = () => {};
  socket.on('message', (data) => {
    waiting.push(data);
    wake();
  });
  for (;;) {
    while (waiting.length > 0) yield waiting.shift();
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }
}
