/** Connections that lead nowhere are closed: those that are silent from the start, and those whose other end is gone. */
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { WebSocket, WebSocketServer } from 'ws';

/** Milliseconds; a client that has not answered one ping by the next is gone. */
const pingEveryMs = 15_000;
/** Connections on which nothing was asked yet; beyond it the oldest goes. */
const maxSilent = 256;

/** Milliseconds in which a client has to have sent its request. For `http.createServer`. */
export const patience = {
  headersTimeout: 10_000,
  requestTimeout: 20_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 2_000,
};

/** Asks every client from time to time whether it is still there. Gives the function that stops it. */
export function keepAlive(sockets: WebSocketServer, everyMs = pingEveryMs): () => void {
  const silent = new WeakSet<WebSocket>();
  sockets.on('connection', (socket: WebSocket) => socket.on('pong', () => silent.delete(socket)));
  const timer = setInterval(() => {
    for (const socket of sockets.clients) {
      if (silent.has(socket)) socket.terminate();
      else {
        silent.add(socket);
        socket.ping();
      }
    }
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}

/** Keeps connections that ask for nothing from using up what those need that do. */
export function limitSilentConnections(server: Server, max = maxSilent): void {
  const silent = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
    if (silent.size <= max) return;
    const [oldest] = silent;
    oldest?.destroy();
  });
  server.on('request', ({ socket }) => silent.delete(socket));
  server.on('upgrade', (_request, socket) => silent.delete(socket as Socket));
}
