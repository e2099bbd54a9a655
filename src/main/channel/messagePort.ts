import type { MessagePort, Worker } from 'node:worker_threads';
import type { Port } from './port.ts';

/** A thread as its starter sees it, a thread's own way back, or one end of a MessageChannel. */
export function messagePort(port: MessagePort | Worker): Port {
  return {
    post: (message) => port.postMessage(message),
    onMessage: (listener) => void (port as MessagePort).on('message', listener),
  };
}
