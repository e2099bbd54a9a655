/** The engine behind Electron: the one message port that the preload script hands to this window. */
import type { Transport, TransportListener } from './transport.ts';

/** The preload script posts this text with the port. */
const PORT_MESSAGE = 'playhead:port';

export function createPortTransport(): Transport {
  let port: MessagePort | null = null;

  function take(next: MessagePort, listener: TransportListener): void {
    port?.close();
    port = next;
    // The engine's process ended; the main process starts another and posts a new port.
    next.addEventListener('close', () => {
      if (port === next) listener.onClosed('lost');
    });
    listener.onOpen({
      // A plain copy: a port clones, and what stands in Vue's reactive proxies cannot be cloned.
      post: (message) => next.postMessage(JSON.parse(JSON.stringify(message))),
      onMessage: (hear) => next.addEventListener('message', ({ data }) => hear(data)),
    });
    next.start();
  }

  return {
    start(listener) {
      window.addEventListener('message', (event) => {
        const received = event.ports[0];
        if (event.source === window && event.data === PORT_MESSAGE && received) take(received, listener);
      });
    },
    urlOf: (route) => `playhead-media://library/${route.replace(/^\//, '')}`,
  };
}
