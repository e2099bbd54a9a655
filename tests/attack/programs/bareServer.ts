/** What Node itself gives: one page, and nothing that a flood could wait for. `--slow`: each request costs 40 ms of work. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const isSlow = process.argv.includes('--slow');
const page = '<!doctype html><title>Playhead</title>'.padEnd(1000);
const server = createServer((_request, response) => {
  const until = Date.now() + (isSlow ? 40 : 0);
  while (Date.now() < until);
  response.setHeader('content-type', 'text/html');
  response.end(page);
});
server.on('upgrade', (_request, socket) => {
  socket.on('error', () => {});
  socket.end('HTTP/1.1 404 Not Found\r\n\r\n');
});
server.on('clientError', (_error, socket) => socket.destroy());
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`${JSON.stringify({ address: `http://127.0.0.1:${port}/` })}\n`);
});
