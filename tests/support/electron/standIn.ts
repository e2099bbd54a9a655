/**
 * Stands in for the module `electron`, whose binary is not everywhere: as much of it as the shell uses, typed against the
 * real package, so that a call that Electron does not know does not compile. Windows show nothing, unless a screen is given.
 */
import { mkdirSync } from 'node:fs';
import type * as Electron from 'electron';
import { Emitter, type Emitting, preventable } from './emitter.ts';
import { MessageChannelMain } from './ports.ts';
import { takeLock } from './secondStart.ts';
import { createSystemParts } from './systemParts.ts';
import { utilityProcess } from './utilityProcess.ts';
import { createWindows, noScreen, type Screen } from './windows.ts';

export interface StandInOptions {
  userData: string;
  appPath: string;
  isPackaged?: boolean;
  screen?: Screen;
}

/** Everything that was asked of the system, in order: "menu", "tray", "progress 0.4", … */
export type StandIn = ReturnType<typeof createElectron>;

export function createElectron({ userData, appPath, isPackaged = false, screen: shown = noScreen }: StandInOptions) {
  mkdirSync(userData, { recursive: true });
  const told: string[] = [];
  const tell = (text: string) => void told.push(text);
  const answers: number[] = [];
  const asked: Electron.MessageBoxOptions[] = [];
  const handlers = new Map<string, (request: Request) => Response | Promise<Response>>();
  const questions = new Map<string, (event: Electron.IpcMainInvokeEvent, ...args: unknown[]) => unknown>();

  const app = Object.assign(new Emitter(), {
    name: 'playhead',
    isPackaged,
    isReady: false,
    hasExited: false,
    whenReady: async () => {},
    getPath: () => userData,
    getAppPath: () => appPath,
    getVersion: () => '0.0.0-stand-in',
    enableSandbox: () => tell('sandbox'),
    requestSingleInstanceLock: (handed?: Record<string, unknown>) => takeLock(userData, handed, receive),
    exit: () => {
      app.hasExited = true;
    },
    relaunch: ({ execPath, args }: Electron.RelaunchOptions = {}) =>
      tell(['again', execPath, ...(args ?? [])].join(' ')),
    isQuitting: false,
    quit() {
      const first = preventable();
      app.emit('before-quit', first);
      app.isQuitting = !first.defaultPrevented;
      if (first.defaultPrevented) return;
      for (const window of [...windows]) window.close();
      const last = preventable();
      app.emit('will-quit', last);
      if (last.defaultPrevented || app.hasExited) return;
      app.hasExited = true;
      tell('quit');
      app.emit('quit');
    },
  }) satisfies Emitting<
    Electron.App,
    | 'name'
    | 'isPackaged'
    | 'whenReady'
    | 'getPath'
    | 'getAppPath'
    | 'getVersion'
    | 'enableSandbox'
    | 'requestSingleInstanceLock'
    | 'exit'
    | 'relaunch'
    | 'quit'
  >;
  function receive(handed: unknown): void {
    app.emit('second-instance', {}, [], '/', handed);
  }

  const { BrowserWindow, windows } = createWindows({ app, shown, tell });
  const { Menu, menu, Notification, Tray, trays, defaultSession, permissions, proxies, safeStorage, secrets } =
    createSystemParts(tell);

  const dialog = {
    showMessageBox: async (options: Electron.MessageBoxOptions) => {
      asked.push(options);
      return { response: answers.shift() ?? options.cancelId ?? 0, checkboxChecked: false };
    },
    showErrorBox: (title: string, content: string) => tell(`error: ${title}: ${content}`),
  } satisfies {
    showMessageBox: (options: Electron.MessageBoxOptions) => Promise<Electron.MessageBoxReturnValue>;
    showErrorBox: Electron.Dialog['showErrorBox'];
  };

  const workArea = { x: 0, y: 0, width: 1920, height: 1040 };
  const screen = {
    getPrimaryDisplay: () => ({ workAreaSize: workArea, workArea }) as unknown as Electron.Display,
    getAllDisplays: () => [{ workArea } as unknown as Electron.Display],
  } satisfies Pick<Electron.Screen, 'getPrimaryDisplay' | 'getAllDisplays'>;

  const protocol = {
    registerSchemesAsPrivileged: (schemes) => tell(`schemes ${schemes.map(({ scheme }) => scheme).join(' ')}`),
    handle: (scheme, handler) => void handlers.set(scheme, handler as never),
  } satisfies Pick<Electron.Protocol, 'registerSchemesAsPrivileged' | 'handle'>;

  const ipcMain = Object.assign(new Emitter(), {
    handle: (channel, listener) => void questions.set(channel, listener),
  } satisfies Pick<Electron.IpcMain, 'handle'>);

  const powerMonitor = new Emitter();
  const shell = { openExternal: async (url: string) => tell(`browser ${url}`) } satisfies Pick<
    Electron.Shell,
    'openExternal'
  >;
  const nativeImage = { createFromPath: (path: string) => path };
  const parts = {
    app,
    BrowserWindow,
    dialog,
    ipcMain,
    Menu,
    MessageChannelMain,
    nativeImage,
    Notification,
    powerMonitor,
  };
  return {
    ...parts,
    ...{ protocol, screen, session: { defaultSession }, shell, Tray, utilityProcess, safeStorage },
    /** What a test reads and says. */
    test: {
      ...{ told, asked, answers, handlers, menu, permissions, proxies, secrets, trays, windows },
      /** A message of the page, as its preload sends it. */
      emit: (channel: string, sender: Partial<Electron.WebFrameMain> | null, message: unknown) =>
        void ipcMain.emit(channel, { senderFrame: sender }, message),
      ask: async (channel: string, sender: Partial<Electron.WebFrameMain> | null, message: unknown) =>
        questions.get(channel)?.({ senderFrame: sender } as Electron.IpcMainInvokeEvent, message),
    },
  };
}
