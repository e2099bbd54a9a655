/**
 * Shows the stand-in's windows in Chromium, as an app's window: our page under our own policy, the built preload script,
 * and a real message port between page and main process. What the page asks for, at either of our schemes, is answered by
 * the handlers of the main process.
 */
import { readFileSync } from 'node:fs';
import type { MessagePort } from 'node:worker_threads';
import { type BrowserContext, chromium, type Frame, type LaunchOptions, type Page } from '@playwright/test';
import type { StandIn } from './standIn.ts';
import type { Screen } from './windows.ts';

/** Stands for playhead://app, and is as trustworthy for a browser. */
const origin = 'http://playhead.localhost';
/** Chromium asks whoever steps in between before it finds that it does not know a scheme. */
const isOurs = ({ href }: URL) => href.startsWith(`${origin}/`) || href.startsWith('playhead-media://');
const electronUrl = (url: string) => url.replace(origin, 'playhead://app');

export interface ChromiumScreen extends Screen {
  context: BrowserContext;
  /** The page of the latest window. */
  page(): Promise<Page>;
}

/** What the page's side of the stand-in gives to ours. */
interface PageSide {
  playheadDeliver(channel: string, message: unknown, port: number | null): void;
  playheadToPort(port: number, message: unknown): void;
}

export async function openChromiumScreen(options: LaunchOptions, electron: () => StandIn): Promise<ChromiumScreen> {
  const context = await chromium.launchPersistentContext('', {
    ...options,
    viewport: null,
    args: [...(options.args ?? []), '--app=about:blank', '--window-size=1360,880'],
  });
  const ports = new Map<number, MessagePort>();
  const pages = new Map<object, Page>();
  let latest: Page | null = null;

  await context.route(isOurs, async (route) => {
    const url = electronUrl(route.request().url());
    const range = route.request().headers().range;
    const request = new Request(url, range ? { headers: { range } } : {});
    const answer = await electron().test.handlers.get(new URL(url).protocol.slice(0, -1))?.(request);
    if (!answer) return route.abort();
    const body = Buffer.from(await answer.arrayBuffer());
    return route.fulfill({ status: answer.status, headers: Object.fromEntries(answer.headers), body });
  });
  const senderOf = (frame: Frame) => ({ url: electronUrl(frame.url()), parent: frame.parentFrame() as never });
  await context.exposeBinding('playheadSend', ({ frame }, channel: string, message: unknown) =>
    electron().test.emit(channel, senderOf(frame), message),
  );
  await context.exposeBinding('playheadInvoke', ({ frame }, channel: string, message: unknown) =>
    electron().test.ask(channel, senderOf(frame), message),
  );
  await context.exposeBinding('playheadFromPort', (_source, port: number, message: unknown) => {
    ports.get(port)?.postMessage(message);
  });
  await context.addInitScript({ content: pageSide(electron().app.getAppPath()) });

  const call = (window: object, name: keyof PageSide, ...args: unknown[]) =>
    void pages
      .get(window)
      ?.evaluate(
        ([method, given]) => {
          const side = window as unknown as Record<string, (...args: unknown[]) => void>;
          side[method as string]?.(...(given as unknown[]));
        },
        [name, args] as const,
      )
      // The page is gone: so are its messages.
      .catch(() => {});

  return {
    context,
    async page() {
      while (latest === null) await new Promise((resolve) => setTimeout(resolve, 20));
      return latest;
    },
    async load(window) {
      const page = context.pages()[0] ?? (await context.newPage());
      pages.set(window, page);
      await page.goto(`${origin}/`);
      latest = page;
      const { webContents } = window as { webContents: { emit(name: string): void } };
      // What comes after the first load is a reload, which gets a port of its own.
      page.on('load', () => webContents.emit('did-finish-load'));
    },
    post(window, channel, message, [port]) {
      const id = port ? ports.size + 1 : null;
      if (port && id !== null) {
        ports.set(id, port);
        port.on('message', (data) => call(window, 'playheadToPort', id, data));
      }
      call(window, 'playheadDeliver', channel, message, id);
    },
    send: (window, channel, args) => call(window, 'playheadDeliver', channel, args[0], null),
    close: (window) => void pages.delete(window),
  };
}

/** The built preload script, in a world in which `electron` is what a sandboxed preload script has of it. */
function pageSide(appPath: string): string {
  const preload = readFileSync(`${appPath}/out/preload/index.cjs`, 'utf8');
  return `(() => {
    if (location.origin !== ${JSON.stringify(origin)} || window.top !== window) return;
    const { playheadSend: send, playheadInvoke: invoke, playheadFromPort: fromPort } = window;
    for (const name of ['playheadSend', 'playheadInvoke', 'playheadFromPort']) delete window[name];
    const listeners = {};
    const ports = {};
    const electron = {
      contextBridge: { exposeInMainWorld: (name, api) => Object.defineProperty(window, name, { value: Object.freeze(api) }) },
      ipcRenderer: {
        on: (channel, listener) => void (listeners[channel] ??= []).push(listener),
        send: (channel, message) => void send(channel, message),
        invoke: (channel, message) => invoke(channel, message),
      },
      webUtils: { getPathForFile: () => '' },
    };
    const hidden = (name, value) => Object.defineProperty(window, name, { value, enumerable: false });
    hidden('playheadDeliver', (channel, message, id) => {
      const event = { ports: [] };
      if (id !== null) {
        const { port1, port2 } = new MessageChannel();
        ports[id] = port1;
        port1.onmessage = ({ data }) => void fromPort(id, data);
        event.ports.push(port2);
      }
      for (const listener of listeners[channel] ?? []) listener(event, message);
    });
    hidden('playheadToPort', (id, message) => ports[id]?.postMessage(message));
    ((require, exports, module) => {
      ${preload}
    })(() => electron, {}, { exports: {} });
  })();`;
}
