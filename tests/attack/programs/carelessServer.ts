/** A server as many are written: it trusts that what a client sends is an address, and that it stays to hear the answer. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const server = createServer((_request, response) => response.end('ok'));
server.on('upgrade', (request, socket) => {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  socket.end(`HTTP/1.1 404 ${pathname.length}\r\n\r\n`);
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`${JSON.stringify({ address: `http://127.0.0.1:${port}/` })}\n`);
});
