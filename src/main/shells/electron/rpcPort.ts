/** The contract over one message port that is handed to the page. */
import { type BrowserWindow, MessageChannelMain } from 'electron';
import { serveWindow } from '../../channel/serveWindow.ts';
import type { EngineWindow } from '../../engine/createEngine.ts';
import { uiOrigin } from './schemes.ts';

/** Every time the window loads our page it gets a fresh port, and the old one is closed. */
export function attachRpcPort(window: BrowserWindow, engine: EngineWindow): void {
  let closeLast = () => {};
  window.webContents.on('did-finish-load', () => {
    closeLast();
    if (!window.webContents.getURL().startsWith(`${uiOrigin}/`)) return;
    const { port1, port2 } = new MessageChannelMain();
    const port = {
      post: (message: unknown) => port1.postMessage(message),
      onMessage: (listener: (message: unknown) => void) => void port1.on('message', ({ data }) => listener(data)),
    };
    const stopListening = serveWindow(port, engine);
    port1.on('close', stopListening);
    port1.start();
    closeLast = () => {
      stopListening();
      port1.close();
    };
    window.webContents.postMessage('playhead:port', null, [port2]);
  });
}
