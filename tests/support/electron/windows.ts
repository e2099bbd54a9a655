/** Windows and what is in them: shown by a screen, or by nothing. */
import type { EventEmitter } from 'node:events';
import type { MessagePort } from 'node:worker_threads';
import type * as Electron from 'electron';
import { Emitter, preventable } from './emitter.ts';

/** What shows a window: a browser, or nothing. */
export interface Screen {
  /** @returns the address as Electron has it, once it is loaded */
  load(window: object, url: string): Promise<void>;
  post(window: object, channel: string, message: unknown, ports: MessagePort[]): void;
  send(window: object, channel: string, args: unknown[]): void;
  close(window: object): void;
}

export const noScreen: Screen = { load: async () => {}, post: () => {}, send: () => {}, close: () => {} };

interface Around {
  app: EventEmitter & { isQuitting: boolean };
  shown: Screen;
  tell(text: string): void;
}

export function createWindows({ app, shown, tell }: Around) {
  const windows = new Set<{ close(): void }>();
  class WebContents extends Emitter {
    readonly window: object;
    openWindow: (details: { url: string }) => unknown = () => ({ action: 'allow' });
    url = '';
    constructor(window: object) {
      super();
      this.window = window;
    }
    getURL() {
      return this.url;
    }
    setWindowOpenHandler(handler: (details: never) => unknown) {
      this.openWindow = handler as never;
    }
    postMessage(channel: string, message: unknown, ports: { inner: MessagePort }[] = []) {
      shown.post(
        this.window,
        channel,
        message,
        ports.map(({ inner }) => inner),
      );
    }
    send(channel: string, ...args: unknown[]) {
      shown.send(this.window, channel, args);
    }
  }

  class BrowserWindow extends Emitter {
    readonly options: Electron.BrowserWindowConstructorOptions;
    readonly webContents: WebContents;
    state = { isFocused: false, isMaximized: false, isMinimized: false, isVisible: false };
    constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
      super();
      this.options = options;
      this.webContents = new WebContents(this);
      windows.add(this);
      app.emit('web-contents-created', {}, this.webContents);
    }
    async loadURL(url: string) {
      this.webContents.url = url;
      await shown.load(this, url);
      this.emit('ready-to-show');
      this.webContents.emit('did-finish-load');
    }
    show() {
      this.state.isVisible = true;
    }
    focus() {
      this.state.isFocused = true;
    }
    maximize() {
      this.state.isMaximized = true;
    }
    restore() {
      this.state.isMinimized = false;
    }
    isFocused = () => this.state.isFocused;
    isMaximized = () => this.state.isMaximized;
    isMinimized = () => this.state.isMinimized;
    getNormalBounds = () => ({ x: 10, y: 20, width: 800, height: 600, ...pick(this.options) });
    setProgressBar = (progress: number, options?: Electron.ProgressBarOptions) =>
      tell(`progress ${progress} ${options?.mode ?? ''}`.trim());
    close() {
      this.emit('close', preventable());
      windows.delete(this);
      shown.close(this);
      this.emit('closed');
      // As Electron documents it: an app that quits does not ask what to do without windows.
      if (windows.size === 0 && !app.isQuitting) app.emit('window-all-closed');
    }
  }

  return { BrowserWindow, windows };
}

/** Only what a window was made with that is a place. */
function pick({ x, y, width, height }: Electron.BrowserWindowConstructorOptions) {
  return Object.fromEntries(Object.entries({ x, y, width, height }).filter(([, value]) => value !== undefined));
}
