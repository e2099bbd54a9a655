import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, connect, createServer as createTcp } from 'node:net';
import { networkInterfaces } from 'node:os';
import { connect as connectTls } from 'node:tls';
import { expect, onTestFinished, test, vi } from 'vitest';
import { followSwitch, switchOffline } from '../../../src/main/engine/networkMemory.ts';
import { NetworkDoor } from '../../../src/main/network/networkDoor.ts';

/** An address of this machine that is no loopback: a connection to it is made as to any other. */
const outer = Object.values(networkInterfaces())
  .flatMap((each) => each ?? [])
  .find(({ internal, family }) => !internal && family === 'IPv4')?.address;

async function listen(answer: RequestListener): Promise<number> {
  const server = createServer(answer).listen(0, '0.0.0.0');
  await once(server, 'listening');
  onTestFinished(() => void server.close().closeAllConnections());
  return (server.address() as AddressInfo).port;
}

function openDoor(): NetworkDoor {
  const door = new NetworkDoor({ systemProxy: async () => null });
  onTestFinished(() => door.close());
  door.setOffline(false);
  return door;
}

test.skipIf(!outer)('what passes the door is told with its address, its purpose and its bytes', async () => {
  const port = await listen((_, response) => response.end('x'.repeat(50_000)));
  const door = openDoor();
  const text = await (await door.fetchFor('Files of a model')(`http://${outer}:${port}/file`)).text();
  expect(text).toHaveLength(50_000);
  const [record, ...others] = door.report().connections;
  expect(others).toEqual([]);
  expect(record).toMatchObject({ address: `${outer}:${port}`, purpose: 'Files of a model', times: 1 });
  expect(record?.receivedBytes).toBeGreaterThan(50_000);
  expect(record?.sentBytes).toBeGreaterThan(20);
});

test('a connection within this machine is none', async () => {
  const port = await listen((_, response) => response.end('here'));
  const door = openDoor();
  for (const host of ['127.0.0.1', 'localhost']) await (await door.fetchFor('x')(`http://${host}:${port}/`)).text();
  expect(door.report().connections).toEqual([]);
});

test.skipIf(!outer)('while it is offline nothing passes, and the server hears of nothing', async () => {
  let heard = 0;
  const port = await listen((_, response) => response.end(String(heard++)));
  const door = openDoor();
  door.setOffline(true);
  await expect(door.fetchFor('x')(`http://${outer}:${port}/`)).rejects.toMatchObject({ code: 'offline' });
  // Nor does what takes another way.
  await expect(fetch(`http://${outer}:${port}/`)).rejects.toMatchObject({ cause: { code: 'offline' } });
  const [refused] = await once(connectTls(port, outer as string), 'error');
  expect(refused).toMatchObject({ code: 'offline' });
  expect(heard).toBe(0);
  door.setOffline(false);
  expect(await (await door.fetchFor('x')(`http://${outer}:${port}/`)).text()).toBe('0');
});

test.skipIf(!outer)('the switch breaks off what is open', async () => {
  const port = await listen((_, response) => void response.write('begun'));
  const door = openDoor();
  const response = await door.fetchFor('x')(`http://${outer}:${port}/`);
  const rest = response.text();
  door.setOffline(true);
  await expect(rest).rejects.toThrow();
  expect(door.report().connections[0]?.isOpen).toBe(false);
});

test.skipIf(!outer)('a socket that takes another way, encrypted or not, is counted under no purpose', async () => {
  const port = await listen((_, response) => response.end('x'));
  const door = openDoor();
  await (await fetch(`http://${outer}:${port}/`)).text();
  const socket = connectTls(port, outer as string);
  await once(socket, 'error'); // the server speaks no TLS
  expect(door.report().connections).toMatchObject([{ address: `${outer}:${port}`, purpose: null, times: 2 }]);
});

test.skipIf(!outer)('a token goes to the first address and not to where that sends on', async () => {
  const tokens: (string | undefined)[] = [];
  const second = await listen((request, response) => {
    tokens.push(request.headers.authorization);
    response.end('file');
  });
  const first = await listen((request, response) => {
    tokens.push(request.headers.authorization);
    response.writeHead(302, { location: `http://${outer}:${second}/file` }).end();
  });
  const get = openDoor().fetchFor('x');
  const response = await get(`http://${outer}:${first}/`, { headers: { authorization: 'Bearer secret' } });
  expect(await response.text()).toBe('file');
  expect(tokens).toEqual(['Bearer secret', undefined]);
});

test.skipIf(!outer)("the system's proxy is asked for, and taken", async () => {
  const port = await listen((_, response) => response.end('file'));
  const asked: string[] = [];
  const tunnelled: string[] = [];
  const proxy = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void proxy.close());
  proxy.on('connect', ({ url }, client) => {
    tunnelled.push(url ?? '');
    const target = connect(port, '127.0.0.1', () => client.write('HTTP/1.1 200 OK\r\n\r\n'));
    target.pipe(client).pipe(target);
  });
  await once(proxy, 'listening');
  const door = new NetworkDoor({
    systemProxy: async (url) => {
      asked.push(url.hostname);
      return `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    },
  });
  onTestFinished(() => door.close());
  door.setOffline(false);
  expect(await (await door.fetchFor('x')('http://models.example/file')).text()).toBe('file');
  expect([asked, tunnelled]).toEqual([['models.example'], ['models.example:80']]);
});

test('a SOCKS5 proxy is gone through', async () => {
  const port = await listen((_, response) => response.end('file'));
  let greeted = 0;
  const proxy = createTcp((client) => {
    client.once('data', () => {
      greeted++;
      client.write(Buffer.from([5, 0]));
      client.once('data', () => {
        const target = connect(port, '127.0.0.1', () => client.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0])));
        target.pipe(client).pipe(target);
      });
    });
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void proxy.close());
  await once(proxy, 'listening');
  const door = new NetworkDoor({
    systemProxy: async () => `socks5://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
  });
  onTestFinished(() => door.close());
  door.setOffline(false);
  expect(await (await door.fetchFor('x')('http://models.example/file')).text()).toBe('file');
  expect(greeted).toBe(1);
});

test.skipIf(!outer)('a try that reaches nobody is told as a try, and is no connection', async () => {
  const server = createServer().listen(0, '0.0.0.0');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const door = openDoor();
  await expect(door.fetchFor('x')(`http://${outer}:${port}/`)).rejects.toThrow();
  const tried = [{ times: 0, unreachedTimes: 1, isOpen: false, sentBytes: 0 }];
  await vi.waitFor(() => expect(door.report().connections).toMatchObject(tried));
});

test('what another program switched is heard by an open window, and an older word does not undo a newer one', async () => {
  const settings = new Map<string, string>();
  let isWriting = false;
  const library = {
    getSetting: async (key: string) => settings.get(key) ?? null,
    setSetting: async (key: string, value: string) => {
      while (isWriting) await new Promise((resolve) => setTimeout(resolve, 5));
      settings.set(key, value);
    },
  };
  const door = openDoor();
  let heard = 0;
  onTestFinished(followSwitch(door, library, () => heard++, 10));
  settings.set('network.offline', 'yes');
  await vi.waitFor(() => expect(door.isOffline).toBe(true));
  isWriting = true;
  const switched = switchOffline(door, library, false);
  await new Promise((resolve) => setTimeout(resolve, 60)); // the library still says "yes"
  expect([door.isOffline, heard]).toEqual([false, 1]);
  isWriting = false;
  await switched;
});
