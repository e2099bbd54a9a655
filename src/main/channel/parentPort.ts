/** The way back to the parent, inside a helper process. */

import type { Port } from './port.ts';
import { serve } from './serve.ts';

/** Serves `api` to the process that started this one; ends a program that nobody started as a helper. */
export function serveParent(api: object): void {
  const port = parentPort();
  if (port === null) {
    console.error('This program serves a parent process: start it with child_process.fork or as an utilityProcess.');
    process.exit(2);
  }
  serve(port, api);
}

/** Electron's utilityProcess, or a forked Node. Null when it is neither. */
function parentPort(): Port | null {
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

interface ElectronParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
}
