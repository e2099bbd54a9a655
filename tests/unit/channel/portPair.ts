import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { Port } from '../../../src/main/channel/port.ts';

/** Two ends of one pipe, over which everything is cloned. */
export function portPair(): { near: Port; far: Port; close(): void } {
  const { port1, port2 } = new MessageChannel();
  return { near: portOf(port1), far: portOf(port2), close: () => port1.close() };
}

function portOf(port: MessagePort): Port {
  return {
    post: (message) => port.postMessage(message),
    onMessage: (listener) => void port.on('message', listener),
  };
}
