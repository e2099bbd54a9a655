/** The engine behind the server on this machine: one WebSocket, opened again with growing pauses when it is lost. */
import { backoffMs } from './backoff.ts';
import { readServerMessage, type Transport, type TransportListener } from './transport.ts';

/** @param origin such as "http://127.0.0.1:7788"; @param token the server's secret, empty when a cookie carries it */
export function createWebSocketTransport(origin: string, token: string): Transport {
  const query = token === '' ? '' : `?token=${encodeURIComponent(token)}`;
  let socket: WebSocket | null = null;
  let failures = 0;

  function connect(listener: TransportListener): void {
    const current = new WebSocket(`${origin.replace(/^http/, 'ws')}/rpc${query}`);
    socket = current;
    current.addEventListener('open', () => {
      failures = 0;
      listener.onState('open');
    });
    current.addEventListener('message', (event) => {
      const message = readServerMessage(event.data);
      if (message) listener.onMessage(message);
    });
    current.addEventListener('close', () => {
      listener.onState('lost');
      setTimeout(() => connect(listener), backoffMs(failures++));
    });
  }

  return {
    start: connect,
    send: (message) => socket?.send(JSON.stringify(message)),
    urlOf: (route) => `${origin}/${route.replace(/^\//, '')}${query}`,
  };
}
