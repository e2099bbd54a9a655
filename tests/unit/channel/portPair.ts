import { MessageChannel } from 'node:worker_threads';
import { messagePort } from '../../../src/main/channel/messagePort.ts';
import type { Port } from '../../../src/main/channel/port.ts';

/** Two ends of one pipe, over which everything is cloned. */
export function portPair(): { near: Port; far: Port; close(): void } {
  const { port1, port2 } = new MessageChannel();
  return { near: messagePort(port1), far: messagePort(port2), close: () => port1.close() };
}
