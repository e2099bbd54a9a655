/** The contract over a WebSocket at /rpc. */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { answerCall, type EventMessage, parseCallMessage } from '../../contract/index.ts';
import type { Engine } from '../core/createEngine.ts';
import type { Access } from './access.ts';

/** A call is small; whoever sends more is not our UI. Bytes. */
const maxMessageBytes = 1024 * 1024;

export function attachRpc(server: Server, engine: Engine, access: Access): () => void {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxMessageBytes });

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const refusal = whyRefused(request, access);
    if (refusal) {
      socket.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (opened) => speak(opened, engine));
  });

  return () => {
    for (const client of sockets.clients) client.terminate();
    sockets.close();
  };
}

function whyRefused(request: IncomingMessage, access: Access): string | null {
  if (!access.isOwnHost(request.headers.host)) return '403 Forbidden';
  // Browsers always send the origin of the page that opens a socket.
  if (!access.isOwnOrigin(request.headers.origin)) return '403 Forbidden';
  const url = new URL(request.url ?? '/', 'http://localhost');
  if (url.pathname !== '/rpc') return '404 Not Found';
  return access.mayUse(url, request.headers.cookie) ? null : '401 Unauthorized';
}

function speak(socket: WebSocket, engine: Engine): void {
  const send = (message: unknown) => {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
  };
  const stopListening = engine.onEvent((event) => send({ kind: 'event', event } satisfies EventMessage));
  socket.on('close', stopListening);
  socket.on('error', () => socket.terminate());
  socket.on('message', async (data) => {
    const message = parseCallMessage(parseJson(data));
    if (message) send(await answerCall(engine.api, message));
    else socket.close(1008, 'not a call');
  });
}

function parseJson(data: RawData): unknown {
  try {
    return JSON.parse(data.toString());
  } catch {
    return null;
  }
}
