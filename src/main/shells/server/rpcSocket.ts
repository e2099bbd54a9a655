/** The contract over a WebSocket at /rpc. */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { HandedOver } from '../shared/handOver.ts';
import type { Outside } from '../shared/readOutside.ts';
import type { Access } from './access.ts';
import { greet } from './greet.ts';
import { keepAlive } from './keepAlive.ts';
import { speak } from './speak.ts';
import type { TabWindows } from './tabWindows.ts';
import { takeOver } from './takeOver.ts';
import { parseTarget } from './target.ts';

/** A call is small; whoever sends more is not our UI. Bytes. */
const maxMessageBytes = 1024 * 1024;
/** Sockets that have not proved yet whose they are; beyond it the oldest goes. */
const maxStrangers = 64;
/** Milliseconds in which a client that was refused has to hang up. */
const farewellMs = 2_000;

export interface RpcOptions {
  windows: TabWindows;
  access: Access;
  /** A one-time code was used: there is a new one. */
  onCodeUsed(): void;
  /** Another start of the program was asked to open this. */
  onHandedOver(outside: Outside[]): Promise<HandedOver>;
}

export function attachRpc(server: Server, { windows, access, onCodeUsed, onHandedOver }: RpcOptions): () => void {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxMessageBytes });
  const stopChecking = keepAlive(sockets);

  const strangers = new Set<WebSocket>();
  const limitStrangers = (socket: WebSocket) => {
    strangers.add(socket);
    socket.once('close', () => strangers.delete(socket));
    const [oldest] = strangers;
    if (strangers.size > maxStrangers) oldest?.terminate();
  };

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // A client may go at any moment, also while it is being refused.
    socket.on('error', () => socket.destroy());
    const refusal = whyRefused(request, access);
    if (refusal) {
      socket.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\n\r\n`);
      setTimeout(() => socket.destroy(), farewellMs).unref();
      return;
    }
    sockets.handleUpgrade(request, socket, head, (opened) => {
      sockets.emit('connection', opened, request);
      limitStrangers(opened);
      greet(opened, access, (who) => {
        strangers.delete(opened);
        if (who.with === 'hand-over') return takeOver(opened, onHandedOver);
        opened.once('close', windows.opened(who.session));
        speak(opened, windows.of(who.session));
        if (who.with === 'code') onCodeUsed();
      });
    });
  });

  return () => {
    stopChecking();
    for (const client of sockets.clients) client.terminate();
    sockets.close();
  };
}

function whyRefused(request: IncomingMessage, access: Access): string | null {
  if (!access.isOwnHost(request.headers.host)) return '403 Forbidden';
  // Browsers always send the origin of the page that opens a socket.
  if (!access.isOwnOrigin(request.headers.origin)) return '403 Forbidden';
  const url = parseTarget(request.url);
  if (url === null) return '400 Bad Request';
  if (url.pathname !== '/rpc') return '404 Not Found';
  return null;
}
