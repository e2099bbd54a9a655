/** Raw requests and upgrades of any form against the local server, as bytes on a socket. */
import { connect, type Socket } from 'node:net';
import type { Random } from './random.ts';

const methods = ['GET', 'GET', 'GET', 'POST', 'HEAD', 'OPTIONS', 'PUT', 'CONNECT', 'TRACE', 'get', 'PRI', 'X'];
const targets = [
  '/',
  '/rpc',
  '/rpc?token=',
  '//',
  '///',
  'http://[',
  'http://[::1',
  'http://127.0.0.1:1/',
  '*',
  '/%',
  '/%00',
  '/%c0%ae%c0%ae/',
  '/..%2f..%2fpackage.json',
  '/media/x',
  '/media/%',
  '/thumbnail/..%2f',
  '/poster/x?token=%',
  '/rpc?%',
  '/?token=%ff',
  '\\\\server\\share',
  '/\u00e9\u20ac',
  '?',
  '#',
  '',
  'file:///etc/passwd',
  '/assets/',
  `/${'a'.repeat(9000)}`,
];
/** Of the length of a token, in letters that need two, three and four bytes. */
const letters = ['é'.repeat(64), '€'.repeat(64), '💥'.repeat(32), '0'.repeat(64), '%'.repeat(64), ''];

/** One request, as it goes over the wire. */
export function rawRequest(random: Random, port: number): Buffer {
  if (random.chance(0.05)) return random.bytes(random.below(2000));
  const host = random.pick([`127.0.0.1:${port}`, `127.0.0.1:${port}`, `127.0.0.1:${port}`, 'evil.example', '[', '']);
  const target = random.chance(0.1) ? `/${random.bytes(12).toString('latin1')}` : random.pick(targets);
  const token = random.pick(letters);
  const lines = [
    `${random.pick(methods)} ${target}${target.endsWith('token=') ? token : ''} HTTP/${random.pick(['1.1', '1.1', '1.1', '1.0', '2.0', '9'])}`,
    ...(random.chance(0.95) ? [`Host: ${host}`] : []),
    ...(random.chance(0.5)
      ? [`Origin: ${random.pick([`http://127.0.0.1:${port}`, 'null', 'https://evil.example'])}`]
      : []),
    ...(random.chance(0.4) ? [`Cookie: playhead-token=${token}`] : []),
    ...(random.chance(0.5) ? upgradeHeaders(random) : []),
    ...(random.chance(0.2) ? oddHeaders(random) : []),
  ];
  const end = random.pick(['\r\n\r\n', '\r\n\r\n', '\r\n\r\n', '\r\n', '\n\n', '']);
  const rest = random.chance(0.3) ? random.bytes(random.below(400)) : Buffer.alloc(0);
  return Buffer.concat([Buffer.from(lines.join('\r\n') + end, random.pick(['utf8', 'latin1'])), rest]);
}

function upgradeHeaders(random: Random): string[] {
  const key = random.pick(['dGhlIHNhbXBsZSBub25jZQ==', '', 'x', 'é'.repeat(24)]);
  return [
    `Connection: ${random.pick(['Upgrade', 'upgrade, keep-alive', 'close'])}`,
    `Upgrade: ${random.pick(['websocket', 'websocket', 'h2c', 'é'])}`,
    `Sec-WebSocket-Key: ${key}`,
    `Sec-WebSocket-Version: ${random.pick(['13', '13', '8', '0', 'x'])}`,
    ...(random.chance(0.3) ? [`Sec-WebSocket-Protocol: ${random.pick(['a, b', ',', 'é', ''])}`] : []),
    ...(random.chance(0.3) ? [`Sec-WebSocket-Extensions: ${random.pick(['permessage-deflate', ';;', 'x; y="'])}`] : []),
  ];
}

function oddHeaders(random: Random): string[] {
  return random.pick([
    ['Content-Length: -1'],
    ['Content-Length: 99999999999'],
    ['Transfer-Encoding: chunked', 'Content-Length: 5'],
    ['Range: bytes=9-1,,-'],
    ['Expect: 100-continue'],
    [`X: ${'y'.repeat(20_000)}`],
    Array.from({ length: 200 }, (_, index) => `X-${index}: 1`),
    ['Host: twice'],
    [': nameless'],
    ['Cookie: ====;;;=; playhead-token'],
  ]);
}

/** Sends one request and leaves in one of the ways in which clients leave. Resolves when the socket is closed. */
export function attackOnce(random: Random, port: number): Promise<void> {
  const bytes = rawRequest(random, port);
  const patienceMs = random.pick([0, 1, 5, 50]);
  const leave = random.pick<(socket: Socket) => void>([
    (socket) => socket.end(),
    (socket) => socket.destroy(),
    (socket) => socket.resetAndDestroy(),
    (socket) => socket.resetAndDestroy(),
  ]);
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(bytes);
      setTimeout(() => leave(socket), patienceMs);
      setTimeout(() => socket.destroy(), patienceMs + 200);
    });
    if (random.chance(0.7)) socket.resume(); // else it never reads
    socket.on('error', () => {});
    socket.on('close', () => resolve());
  });
}

/** Sends `count` requests, a few at a time. */
export async function attackServer(random: Random, port: number, count: number): Promise<void> {
  let left = count;
  const worker = async () => {
    while (left-- > 0) await attackOnce(random, port);
  };
  await Promise.all(Array.from({ length: 24 }, worker));
}
