/**
 * `flood.ts <port> <seed> <half-open connections> <requests>`: opens connections that ask for half of something, comes
 * back a while after each is closed, and sends raw requests of any form meanwhile. Ends when these are sent.
 */
import { connect, type Socket } from 'node:net';
import { seededRandom } from '../random.ts';
import { attackServer } from '../rawRequests.ts';

const [port = 0, seed = 0, halfOpen = 0, requests = 0] = process.argv.slice(2).map(Number);
/** Milliseconds. */
const backAfter = 5_000;
const beginnings = ['', 'GET / HT', `GET /rpc HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n`, '\x16\x03\x01'];

const random = seededRandom(seed);
const open = new Set<Socket>();
for (let count = 0; count < halfOpen; count++) holdOpen(random.pick(beginnings));
while (open.size < halfOpen && requests > 0) await new Promise((resolve) => setTimeout(resolve, 10));
console.log('flooding');
await attackServer(random, port, requests);
process.exit(0);

function holdOpen(beginning: string): void {
  const socket = connect(port, '127.0.0.1', () => {
    open.add(socket);
    if (beginning) socket.write(beginning);
  });
  socket.on('error', () => {});
  socket.on('close', () => setTimeout(() => holdOpen(beginning), backAfter));
}
