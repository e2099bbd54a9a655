/** Calls and events over one open WebSocket, with a limit to what one client can make the engine hold for it. */
import PQueue from 'p-queue';
import type { RawData, WebSocket } from 'ws';
import type { EngineApi } from '../../../contract/index.ts';
import { isCall } from '../../channel/openChannel.ts';
import type { Port } from '../../channel/port.ts';
import { serveWindow } from '../../channel/serveWindow.ts';
import type { EngineWindow } from '../../engine/createEngine.ts';

/** Bytes that wait for a client that does not read; beyond it the client is dropped, and may come back. */
const maxQueuedBytes = 32 * 2 ** 20;
/** Calls of one client that are answered at once; the next ones stay in its own buffer meanwhile. */
const maxOpenCalls = 64;

export function speak(socket: WebSocket, { api, onEvent }: Pick<EngineWindow, 'api' | 'onEvent'>): void {
  const stopListening = serveWindow(socketPort(socket), { api: inTurn(socket, api), onEvent });
  socket.on('close', stopListening);
  socket.on('error', () => socket.terminate());
}

/** JSON over a socket. Whoever sends anything but calls is none of our windows. */
function socketPort(socket: WebSocket): Port {
  return {
    post(message) {
      if (socket.readyState !== socket.OPEN) return;
      if (socket.bufferedAmount > maxQueuedBytes) socket.terminate();
      else socket.send(JSON.stringify(message));
    },
    onMessage(listener) {
      socket.on('message', (data) => {
        const message = parseJson(data);
        if (isCall(message)) listener(message);
        else socket.close(1008, 'not a call');
      });
    },
  };
}

/** At most `maxOpenCalls` at once; what has arrived beyond them waits, and nothing more is read until they are done. */
function inTurn(socket: WebSocket, api: EngineApi): EngineApi {
  const turns = new PQueue({ concurrency: maxOpenCalls });
  turns.on('next', () => {
    if (turns.size === 0 && socket.isPaused && socket.readyState === socket.OPEN) socket.resume();
  });
  const limited = (call: (input: never) => Promise<unknown>) => (input: never) => {
    const answered = turns.add(() => call(input));
    if (turns.size > 0) socket.pause();
    return answered;
  };
  return Object.fromEntries(Object.entries(api).map(([name, call]) => [name, limited(call)])) as unknown as EngineApi;
}

function parseJson(data: RawData): unknown {
  try {
    return JSON.parse(data.toString());
  } catch {
    return null;
  }
}
