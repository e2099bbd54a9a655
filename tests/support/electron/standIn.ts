/**
 * Stands in for the module `electron`, whose binary is not everywhere: as much of it as the shell uses, typed against the
 * real package, so that a call that Electron does not know does not compile. Windows show nothing, unless a screen is given.
 */
import { fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type * as Electron from 'electron';

/** Without the static side, which has no name outside. */
const Emitter = EventEmitter as new () => EventEmitter;

type Emitting<T, K extends keyof T> = Pick<T, K> & EventEmitter;

/** What shows a window: a browser, or nothing. */
export interface Screen {
  /** @returns the address as Electron has it, once it is loaded */
  load(window: object, url: string): Promise<void>;
  post(window: object, channel: string, message: unknown, ports: MessagePort[]): void;
  send(window: object, channel: string, args: unknown[]): void;
  close(window: object): void;
}

export interface StandInOptions {
  userData: string;
  appPath: string;
  isPackaged?: boolean;
  screen?: Screen;
}

const noScreen: Screen = { load: async () => {}, post: () => {}, send: () => {}, close: () => {} };

/** Everything that was asked of the system, in order: "menu", "tray", "progress 0.4", … */
export type StandIn = ReturnType<typeof createElectron>;

/** An event that can be prevented. */
export function preventable() {
  const event = {
    defaultPrevented: false,
    preventDefault: () => {
      event.defaultPrevented = true;
    },
  };
  return event;
}

export function createElectron({ userData, appPath, isPackaged = false, screen: shown = noScreen }: StandInOptions) {
  mkdirSync(userData, { recursive: true });
  const told: string[] = [];
  const tell = (text: string) => void told.push(text);
  const answers: number[] = [];
  const asked: Electron.MessageBoxOptions[] = [];
  const handlers = new Map<string, (request: Request) => Response | Promise<Response>>();
  const questions = new Map<string, (event: Electron.IpcMainInvokeEvent, ...args: unknown[]) => unknown>();
  const permissions: Partial<Record<'request' | 'check' | 'device' | 'display', (...args: never[]) => unknown>> = {};

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
    quit() {
      const first = preventable();
      app.emit('before-quit', first);
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
    | 'quit'
  >;
  function receive(handed: unknown): void {
    app.emit('second-instance', {}, [], '/', handed);
  }

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
      if (windows.size === 0) app.emit('window-all-closed');
    }
  }

  class Port extends Emitter {
    readonly inner: MessagePort;
    constructor(inner: MessagePort) {
      super();
      this.inner = inner;
    }
    postMessage(message: unknown) {
      this.inner.postMessage(message);
    }
    start() {
      this.inner.on('message', (data) => this.emit('message', { data }));
      this.inner.on('close', () => this.emit('close'));
    }
    close() {
      this.inner.close();
    }
  }
  class MessageChannelMain {
    readonly port1: Port;
    readonly port2: Port;
    constructor() {
      const { port1, port2 } = new MessageChannel();
      this.port1 = new Port(port1);
      this.port2 = new Port(port2);
    }
  }

  let menu: Electron.MenuItemConstructorOptions[] = [];
  const Menu = {
    buildFromTemplate: (template: Electron.MenuItemConstructorOptions[]) => template,
    setApplicationMenu: (next: unknown) => {
      menu = next as typeof menu;
    },
  };
  const trays = new Set<Tray>();
  class Tray extends Emitter {
    tip = '';
    template: Electron.MenuItemConstructorOptions[] = [];
    constructor(_image: unknown) {
      super();
      trays.add(this);
      tell('tray');
    }
    setToolTip = (tip: string) => {
      this.tip = tip;
    };
    setContextMenu = (template: unknown) => {
      this.template = template as typeof this.template;
    };
    destroy = () => {
      trays.delete(this);
      tell('no tray');
    };
  }
  class Notification extends Emitter {
    static isSupported = () => true;
    readonly options: Electron.NotificationConstructorOptions;
    constructor(options: Electron.NotificationConstructorOptions) {
      super();
      this.options = options;
    }
    show = () => tell(`notification: ${this.options.title}: ${this.options.body}`);
  }

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

  const defaultSession = Object.assign(new Emitter(), {
    setPermissionRequestHandler: (handler: never) => {
      permissions.request = handler;
    },
    setPermissionCheckHandler: (handler: never) => {
      permissions.check = handler;
    },
    setDevicePermissionHandler: (handler: never) => {
      permissions.device = handler;
    },
    setDisplayMediaRequestHandler: (handler: never) => {
      permissions.display = handler;
    },
  }) satisfies Emitting<
    Electron.Session,
    | 'setPermissionRequestHandler'
    | 'setPermissionCheckHandler'
    | 'setDevicePermissionHandler'
    | 'setDisplayMediaRequestHandler'
  >;

  const protocol = {
    registerSchemesAsPrivileged: (schemes) => tell(`schemes ${schemes.map(({ scheme }) => scheme).join(' ')}`),
    handle: (scheme, handler) => void handlers.set(scheme, handler as never),
  } satisfies Pick<Electron.Protocol, 'registerSchemesAsPrivileged' | 'handle'>;

  const ipcMain = Object.assign(new Emitter(), {
    handle: (channel, listener) => void questions.set(channel, listener),
  } satisfies Pick<Electron.IpcMain, 'handle'>);

  const utilityProcess = {
    /** A plain Node process, which is told apart by nothing that the helpers read. */
    fork(script: string, args: string[] = [], options: Electron.ForkOptions = {}) {
      const flags = (options.execArgv ?? []).flatMap((flag) => flag.replace('--js-flags=', '').split(' '));
      const child = fork(script, args, {
        serialization: 'advanced',
        execArgv: flags,
        env: options.env as NodeJS.ProcessEnv,
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      });
      return Object.assign(child, { postMessage: (message: unknown) => void child.send(message as object) });
    },
  };

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
    ...{ protocol, screen, session: { defaultSession }, shell, Tray, utilityProcess },
    /** What a test reads and says. */
    test: {
      ...{ told, asked, answers, handlers, permissions, trays, windows },
      menu: () => menu,
      /** A message of the page, as its preload sends it. */
      emit: (channel: string, sender: Partial<Electron.WebFrameMain> | null, message: unknown) =>
        void ipcMain.emit(channel, { senderFrame: sender }, message),
      ask: async (channel: string, sender: Partial<Electron.WebFrameMain> | null, message: unknown) =>
        questions.get(channel)?.({ senderFrame: sender } as Electron.IpcMainInvokeEvent, message),
    },
  };
}

/** Only what a window was made with that is a place. */
function pick({ x, y, width, height }: Electron.BrowserWindowConstructorOptions) {
  return Object.fromEntries(Object.entries({ x, y, width, height }).filter(([, value]) => value !== undefined));
}

/** One program a folder; another one leaves what it was asked for in it, and the first finds it there. */
function takeLock(folder: string, handed: unknown, receive: (handed: unknown) => void): boolean {
  const lock = join(folder, 'lock');
  const inbox = join(folder, 'second-starts');
  mkdirSync(inbox, { recursive: true });
  try {
    closeSync(openSync(lock, 'wx'));
  } catch {
    writeFileSync(join(inbox, `${process.pid}-${Date.now()}.json`), JSON.stringify(handed));
    return false;
  }
  const seen = new Set<string>();
  watch(inbox, () => {
    for (const name of existsSync(inbox) ? readdirSync(inbox) : []) {
      if (seen.has(name)) continue;
      const text = readFileSync(join(inbox, name), 'utf8');
      if (text === '') continue;
      seen.add(name);
      rmSync(join(inbox, name));
      receive(JSON.parse(text));
    }
  }).unref();
  return true;
}
