/** The desktop shell against a stand-in for `electron`, whose events and handlers are called as Electron calls them. */
import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import type { Engine } from '../../../src/main/engine/createEngine.ts';

const electron = vi.hoisted(() => ({
  app: null as unknown as EventEmitter & { isPackaged: boolean; whenReady(): Promise<void> },
  opened: [] as string[],
  asked: [] as string[],
  answer: 0,
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
  dialog: {
    showMessageBox: async ({ message }: { message: string }) => {
      electron.asked.push(message);
      return { response: electron.answer };
    },
  },
  protocol: {
    handle: (scheme: string, handler: (request: Request) => Promise<Response>) =>
      void electron.handlers.set(scheme, handler),
  },
}));

const { guardAllContents } = await import('../../../src/main/shells/electron/guards.ts');
const { isNetworkPath, listenForOpenedFiles } = await import('../../../src/main/shells/electron/openedFiles.ts');
const { handleSchemes } = await import('../../../src/main/shells/electron/schemes.ts');

beforeEach(() => {
  electron.app = Object.assign(new EventEmitter(), { isPackaged: true, whenReady: async () => {} });
  electron.opened = [];
  electron.asked = [];
  electron.answer = 0;
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

it('a file that macOS names before the app is ready is opened once it is', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'playhead-opened-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'film.mp4');
  writeFileSync(file, '');
  const onOpened = listenForOpenedFiles();
  electron.app.emit('open-file', { preventDefault: () => {} }, file);
  await new Promise((resolve) => setImmediate(resolve));
  const opened: string[] = [];
  onOpened((paths) => opened.push(...paths));
  expect(opened.filter((path) => path === file)).toEqual([file]);
});

it('a path on the network is not opened before the person agrees', async () => {
  for (const path of ['\\\\server\\share\\film.mp4', '//server/share', '\\\\?\\UNC\\server\\share', 'smb://server/x']) {
    expect(isNetworkPath(path), path).toBe(true);
  }
  for (const path of ['/home/a.mp4', 'C:\\a.mp4', 'a.mp4']) expect(isNetworkPath(path), path).toBe(false);
  const opened: string[] = [];
  listenForOpenedFiles()((paths) => opened.push(...paths));
  electron.app.emit('second-instance', {}, ['playhead', '//server/share/film.mp4'], '/home');
  await vi.waitFor(() => expect(electron.asked).toHaveLength(1));
  expect(electron.asked[0]).toContain('//server/share/film.mp4');
  expect(opened.filter((path) => path.includes('server'))).toEqual([]);
});

it('a bad escape in one of our own addresses is answered as not there', async () => {
  const engine = { openRoute: async () => Promise.reject(new Error('lost')) } as unknown as Engine;
  handleSchemes(engine, tmpdir());
  const get = async (url: string) =>
    (await electron.handlers.get(new URL(url).protocol.slice(0, -1))?.(new Request(url)))?.status;
  expect(await get('playhead://app/%')).toBe(404);
  expect(await get('playhead://app/%00')).toBe(404);
  expect(await get('playhead-media://library/media/%')).toBe(404);
});
