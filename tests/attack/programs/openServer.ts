/** A local server as many are: it answers whoever asks, from whatever page. Flags are taken and not heard. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';

const server = createServer((_request, response) => {
  response.setHeader('access-control-allow-origin', '*');
  response.end('<!doctype html><title>all that a person said</title>');
});
new WebSocketServer({ server }).on('connection', (socket) => {
  socket.on('error', () => {});
  socket.send(JSON.stringify({ kind: 'welcome' }));
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`${JSON.stringify({ address: `http://127.0.0.1:${port}/?code=a.b` })}\n`);
});
