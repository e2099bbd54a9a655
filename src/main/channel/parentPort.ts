/** The way back to whoever started this thread or process. */
import { parentPort as threadPort } from 'node:worker_threads';
import type { LogEntry } from '../../contract/log.ts';
import { sendLogTo } from '../log/log.ts';
import { messagePort } from './messagePort.ts';
import type { Port } from './port.ts';
import { type Served, serve } from './serve.ts';

/**
 * Serves `api` to whoever started this thread or process, and sends the log there; ends a program that nobody started
 * as a helper.
 * @param name of this thread or process in the log
 */
export function serveParent<Events extends object = object>(name: string, api: object): Served<Events> {
  const port = parentPort();
  if (port === null) {
    console.error('This program serves a parent: start it with child_process.fork, as an utilityProcess or a Worker.');
    process.exit(2);
  }
  const parent = serve<LogEvents>(port, api);
  sendLogTo((entry) => parent.tell('log', entry), name);
  return parent as Served<unknown> as Served<Events>;
}

/** A worker thread, Electron's utilityProcess, or a forked Node. Null when it is none of them. */
function parentPort(): Port | null {
  if (threadPort) return messagePort(threadPort);
  const self = globalThis.process as NodeJS.Process & { parentPort?: ElectronParentPort };
  const { parentPort } = self;
  if (parentPort) {
    return {
      post: (message) => parentPort.postMessage(message),
      onMessage: (listener) => parentPort.on('message', (event) => listener(event.data)),
    };
  }
  if (!self.send) return null;
  // A parent that is gone leaves nobody to work for.
  self.on('disconnect', () => self.exit(0));
  return {
    post: (message) => void self.send?.(message),
    onMessage: (listener) => void self.on('message', listener),
  };
}

/** Heard by `connect` of every parent. */
interface LogEvents {
  log(entry: LogEntry): void;
}

interface ElectronParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
}
