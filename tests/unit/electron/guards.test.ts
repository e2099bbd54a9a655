/** The desktop shell against a stand-in for `electron`, whose events and handlers are called as Electron calls them. */
import { EventEmitter } from 'node:events';
import { tmpdir } from 'node:os';
import { beforeEach, expect, it, vi } from 'vitest';

const electron = vi.hoisted(() => ({
  app: null as unknown as EventEmitter & { isPackaged: boolean; whenReady(): Promise<void> },
  opened: [] as string[],
  handlers: new Map<string, (request: Request) => Promise<Response>>(),
}));
vi.mock('electron', () => ({
  get app() {
    return electron.app;
  },
  shell: {
    openExternal: async (url: string) => {
      electron.opened.push(url);
    },
  },
  protocol: {
    handle: (scheme: string, handler: (request: Request) => Promise<Response>) =>
      void electron.handlers.set(scheme, handler),
  },
}));

const { guardAllContents } = await import('../../../src/main/shells/electron/guards.ts');
const { handleSchemes } = await import('../../../src/main/shells/electron/schemes.ts');

beforeEach(() => {
  electron.app = Object.assign(new EventEmitter(), { isPackaged: true, whenReady: async () => {} });
  electron.opened = [];
});

/** A page or frame that the app has just created. */
function createContents() {
  let openWindow: (details: { url: string }) => unknown = () => {};
  const contents = Object.assign(new EventEmitter(), {
    setWindowOpenHandler: (handler: typeof openWindow) => {
      openWindow = handler;
    },
  });
  electron.app.emit('web-contents-created', {}, contents);
  /** True when the event was prevented. */
  const isStopped = (name: string, url: string) => {
    let stopped = false;
    const preventDefault = () => {
      stopped = true;
    };
    const event = { url, preventDefault };
    contents.emit(name, event, url);
    return stopped;
  };
  return { isStopped, open: (url: string) => openWindow({ url }) };
}

it.each(['will-navigate', 'will-redirect', 'will-frame-navigate'])('%s leads nowhere but to our own page', (name) => {
  guardAllContents();
  for (const { isStopped } of [createContents(), createContents()]) {
    expect(isStopped(name, 'playhead://app/index.html')).toBe(false);
    for (const url of ['https://evil.example/', 'file:///etc/passwd', 'playhead://app.evil/', 'javascript:1', '']) {
      expect(isStopped(name, url), url).toBe(true);
    }
  }
});

it('no webview is attached', () => {
  guardAllContents();
  expect(createContents().isStopped('will-attach-webview', 'playhead://app/')).toBe(true);
});

it('a link opens the person’s browser for our own few pages alone, and never a window', () => {
  guardAllContents();
  const { open } = createContents();
  for (const url of [
    'https://evil.example/',
    'file:///etc/passwd',
    'https://huggingface.co/DAMO-NLP-SG/../evil',
    'ms-msdt:x',
  ]) {
    expect(open(url)).toEqual({ action: 'deny' });
  }
  expect(electron.opened).toEqual([]);
  expect(open('https://huggingface.co/DAMO-NLP-SG')).toEqual({ action: 'deny' });
  expect(electron.opened).toEqual(['https://huggingface.co/DAMO-NLP-SG']);
});

it('a bad escape in one of our own addresses, and a link from outside, are answered as not there', async () => {
  handleSchemes(async () => Promise.reject(new Error('lost')), tmpdir());
  const get = async (url: string) =>
    (await electron.handlers.get(new URL(url).protocol.slice(0, -1))?.(new Request(url)))?.status;
  expect(await get('playhead://ask/?path=/etc/passwd')).toBe(404);
  expect(await get('playhead://app/%')).toBe(404);
  expect(await get('playhead://app/%00')).toBe(404);
  expect(await get('playhead-media://library/media/%')).toBe(404);
});
