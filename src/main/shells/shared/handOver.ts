/**
 * A second start gives what it was asked for to the server that is open on the same library. Both prove to each other
 * that they have the library's key (`contract/greeting.ts`), so that no other program on that port learns of a file.
 */
import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { type Answer, type GreetingReply, type Hello, proofText } from '../../../contract/index.ts';
import { openChannel } from '../../channel/openChannel.ts';
import { hmac, isSame, secretFor } from './proof.ts';
import type { Outside } from './readOutside.ts';
import { readServerFile } from './serverFile.ts';

/** What the server says to it. */
export interface HandedOver {
  /** To be opened where there is no window yet; null where one has taken it. */
  address: string | null;
}

export interface HandOverApi {
  receive(outside: Outside[]): Promise<HandedOver>;
}

/** Milliseconds. */
const patienceMs = 5_000;
/** Seconds for which this start may speak. */
const lifeSec = 60;

/** @returns null where no server is open on this library */
export async function handOver(libraryFolder: string, outside: Outside[]): Promise<HandedOver | null> {
  const { port, key } = await readServerFile(libraryFolder);
  if (port === 0) return null;
  const socket = new WebSocket(`ws://127.0.0.1:${port}/rpc`, { handshakeTimeout: patienceMs });
  const timer = setTimeout(() => socket.terminate(), patienceMs);
  try {
    if (!(await greet(socket, key))) return null;
    const channel = openChannel<HandOverApi>(
      {
        post: (message) => socket.send(JSON.stringify(message)),
        onMessage: (listener) => void socket.on('message', (data) => listener(JSON.parse(data.toString()))),
      },
      {},
    );
    const closed = new Promise<null>((resolve) => socket.on('close', () => resolve(null)));
    return await Promise.race([channel.$call('receive', outside), closed]);
  } finally {
    clearTimeout(timer);
    socket.close();
  }
}

/** The same, to a server that may be just opening: for `forMs` milliseconds. */
export async function handOverSoon(library: string, outside: Outside[], forMs = 20_000): Promise<HandedOver | null> {
  const until = Date.now() + forMs;
  for (;;) {
    const handed = await handOver(library, outside);
    if (handed !== null || Date.now() > until) return handed;
    await wait(250);
  }
}

/** True once both sides are sure of each other; false for whatever else answers there, or nothing. */
function greet(socket: WebSocket, key: string): Promise<boolean> {
  const id = `${Math.floor(Date.now() / 1000) + lifeSec}.${randomBytes(8).toString('hex')}`;
  const challenge = randomBytes(16).toString('hex');
  const secret = secretFor(key, 'hand-over', id);
  const send = (message: Hello | Answer) => socket.send(JSON.stringify(message));
  return new Promise((resolve) => {
    let isProved = false;
    socket.on('error', () => resolve(false));
    socket.on('close', () => resolve(false));
    socket.on('open', () => send({ kind: 'hello', with: 'hand-over', id, challenge }));
    const hear = (data: { toString(): string }) => {
      const reply = parse(data.toString());
      const text = (by: 'server' | 'tab') => proofText(by, challenge, reply?.kind === 'proof' ? reply.challenge : '');
      if (!isProved && reply?.kind === 'proof' && isSame(reply.proof, hmac(secret, text('server')))) {
        isProved = true;
        return send({ kind: 'answer', proof: hmac(secret, text('tab')) });
      }
      socket.off('message', hear);
      resolve(isProved && reply?.kind === 'welcome');
    };
    socket.on('message', hear);
  });
}

function parse(text: string): GreetingReply | null {
  try {
    return JSON.parse(text) as GreetingReply;
  } catch {
    return null;
  }
}
