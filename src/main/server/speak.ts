/** Calls and events over one open WebSocket, with a limit to what one client can make the engine hold for it. */
import type { RawData, WebSocket } from 'ws';
import { answerCall, type CallMessage, type EventMessage, parseCallMessage } from '../../contract/index.ts';
import type { Engine } from '../core/createEngine.ts';

/** Bytes that wait for a client that does not read; beyond it the client is dropped, and may come back. */
const maxQueuedBytes = 32 * 2 ** 20;
/** Calls of one client that are answered at once; the next ones stay in its own buffer meanwhile. */
const maxOpenCalls = 64;

export function speak(socket: WebSocket, engine: Engine): void {
  const send = (message: unknown) => {
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > maxQueuedBytes) socket.terminate();
    else socket.send(JSON.stringify(message));
  };
  const stopListening = engine.onEvent((event) => send({ kind: 'event', event } satisfies EventMessage));
  const answer = inTurn(socket, async (message) => send(await answerCall(engine.api, message)));
  socket.on('close', stopListening);
  socket.on('error', () => socket.terminate());
  socket.on('message', (data) => {
    const message = parseCallMessage(parseJson(data));
    if (message) answer(message);
    else socket.close(1008, 'not a call');
  });
}

/** At most `maxOpenCalls` at once; what has arrived beyond them waits, and nothing more is read until they are done. */
function inTurn(socket: WebSocket, answer: (message: CallMessage) => Promise<void>): (message: CallMessage) => void {
  const waiting: CallMessage[] = [];
  let openCalls = 0;
  const next = () => {
    while (openCalls < maxOpenCalls && waiting.length > 0) {
      openCalls++;
      void answer(waiting.shift() as CallMessage).finally(() => {
        openCalls--;
        next();
      });
    }
    if (waiting.length > 0) socket.pause();
    else if (socket.isPaused && socket.readyState === socket.OPEN) socket.resume();
  };
  return (message) => {
    waiting.push(message);
    next();
  };
}

function parseJson(data: RawData): unknown {
  try {
    return JSON.parse(data.toString());
  } catch {
    return null;
  }
}
