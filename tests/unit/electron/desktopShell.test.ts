/** The parts of the desktop shell, each against the stand-in for Electron. */
import { EventEmitter } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EngineEvent, Job, WindowCommand, WorkSummary } from '../../../src/contract/index.ts';
import type { Engine } from '../../../src/main/engine/createEngine.ts';
import { createElectron, preventable, type StandIn } from '../../support/electron/standIn.ts';

let folder: string;
let electron: StandIn;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'playhead-shell-'));
  electron = createElectron({ userData: folder, appPath: folder });
  vi.resetModules();
  vi.doMock('electron', () => electron);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const shell = <T>(name: string) => import(`../../../src/main/shells/electron/${name}.ts`) as Promise<T>;
const work = (changes: Partial<WorkSummary> = {}): WorkSummary => ({
  ...{ filesDone: 3, filesFailed: 0, filesLeft: 9, progress: 0.4, secondsLeft: 300, isPaused: false },
  ...changes,
});
const settle = () => new Promise((resolve) => setTimeout(resolve, 5));

/** An engine of which only the work counts. */
function workingEngine() {
  const events = new EventEmitter();
  const changes: object[] = [];
  let closed = 0;
  const engine = {
    api: {
      work: async () => work({ filesLeft: 0, progress: null, secondsLeft: null }),
      changeJobs: async (input: object) => void changes.push(input),
    },
    onEvent: (listener: (event: EngineEvent) => void) => void events.on('event', listener),
    close: async () => void closed++,
  } as unknown as Engine;
  return { engine, changes, closed: () => closed, emit: (event: EngineEvent) => void events.emit('event', event) };
}

async function openShell(window: { isFocused(): boolean; setProgressBar: unknown } | null = null) {
  const { signalWork } = await shell<typeof import('../../../src/main/shells/electron/workSignals.ts')>('workSignals');
  const { handleQuitting } = await shell<typeof import('../../../src/main/shells/electron/quitting.ts')>('quitting');
  const working = workingEngine();
  const main = { window, engineWindow: null, show: vi.fn(), receive: vi.fn() } as never;
  const signals = signalWork(working.engine, main, folder, () => quitting.onWorkDone());
  const quitting = handleQuitting(working.engine, signals, () => window !== null);
  await settle();
  const tellWork = (changes?: Partial<WorkSummary>) => working.emit({ type: 'work', work: work(changes) });
  return { ...working, quitting, tellWork };
}

describe('while files are read', () => {
  const window = () => new electron.BrowserWindow();

  it('the tray says how far it is, and pauses, goes on and quits; it is there at no other time', async () => {
    const { tellWork, changes } = await openShell();
    expect(electron.test.trays.size).toBe(0);
    tellWork();
    const [tray] = electron.test.trays;
    expect(tray?.tip).toBe('Reading your files: 3 of 12, 40 %, about 5 min left');
    expect(tray?.template.map(({ label, type }) => label ?? type)).toEqual([
      tray?.tip,
      'separator',
      'Show Playhead',
      'Pause',
      'separator',
      'Quit',
    ]);
    tray?.template.find(({ label }) => label === 'Pause')?.click?.(null as never, undefined, null as never);
    tellWork({ isPaused: true });
    expect(tray?.tip).toBe('Paused: 3 of 12, 40 %');
    tray?.template.find(({ label }) => label === 'Go on')?.click?.(null as never, undefined, null as never);
    expect(changes).toEqual([{ change: 'pause' }, { change: 'resume' }]);
    tellWork({ filesLeft: 0, progress: null });
    expect(electron.test.trays.size).toBe(0);
  });

  it('the dock or taskbar shows the progress, and shows none when all is read', async () => {
    const { tellWork } = await openShell(window());
    tellWork();
    tellWork({ isPaused: true });
    tellWork({ filesLeft: 0, progress: null });
    expect(electron.test.told.filter((text) => text.startsWith('progress'))).toEqual([
      'progress -1 normal',
      'progress 0.4 normal',
      'progress 0.4 paused',
      'progress -1 normal',
    ]);
  });

  it('the end is told once to whoever looks at something else, and to nobody who looks at it', async () => {
    const open = window();
    const { tellWork } = await openShell(open);
    const notes = () => electron.test.told.filter((text) => text.startsWith('notification'));
    tellWork();
    tellWork({ filesDone: 11, filesFailed: 1, filesLeft: 0, progress: null });
    tellWork({ filesDone: 11, filesFailed: 1, filesLeft: 0, progress: null });
    expect(notes()).toEqual(['notification: Playhead has read your files: 11 files are indexed, 1 with problems.']);
    open.focus();
    tellWork();
    tellWork({ filesLeft: 0, progress: null });
    expect(notes()).toHaveLength(1);
  });

  it('an answer is told to whoever looks at something else, unless notifications are switched off', async () => {
    const { emit } = await openShell(window());
    const answered: EngineEvent = { type: 'job', job: { kind: 'ask', state: 'done', title: 'What is seen?' } as Job };
    emit(answered);
    const { changeSettings } =
      await shell<typeof import('../../../src/main/shells/electron/desktopSettings.ts')>('desktopSettings');
    changeSettings({ notifies: false });
    emit(answered);
    expect(electron.test.told.filter((text) => text.startsWith('notification'))).toEqual([
      'notification: Your question is answered: What is seen?',
    ]);
  });
});

describe('quitting', () => {
  it('while files are read asks once, and stays where the person stays', async () => {
    const { tellWork, closed } = await openShell(new electron.BrowserWindow());
    tellWork();
    electron.test.answers.push(1);
    electron.app.quit();
    electron.app.quit();
    await settle();
    expect(electron.test.asked).toHaveLength(1);
    expect(electron.test.asked[0]).toMatchObject({ buttons: ['Quit', 'Stay open'], defaultId: 1, cancelId: 1 });
    expect(closed()).toBe(0);
    expect(electron.app.hasExited).toBe(false);
  });

  it('then closes the engine before it ends, and asks no second time', async () => {
    const { tellWork, closed } = await openShell(new electron.BrowserWindow());
    tellWork();
    electron.test.answers.push(0);
    electron.app.quit();
    await settle();
    expect(electron.test.asked).toHaveLength(1);
    expect(closed()).toBe(1);
    expect(electron.app.hasExited).toBe(true);
  });

  it.each([
    ['nothing is under way', (tell: (changes: Partial<WorkSummary>) => void) => tell({ filesLeft: 0, progress: null })],
    ['all of it is paused', (tell: (changes: Partial<WorkSummary>) => void) => tell({ isPaused: true })],
    ['the system shuts down', () => void electron.powerMonitor.emit('shutdown')],
  ])('does not ask where %s', async (_name, prepare) => {
    const { tellWork } = await openShell();
    tellWork();
    prepare(tellWork);
    electron.app.quit();
    await settle();
    expect(electron.test.asked).toEqual([]);
    expect(electron.app.hasExited).toBe(true);
  });

  it.skipIf(process.platform === 'darwin')(
    'by the last window goes on in the background where the person wants that, and ends with the work',
    async () => {
      const { tellWork, quitting } = await openShell();
      tellWork();
      electron.test.answers.push(1);
      quitting.onWindowsClosed();
      await settle();
      expect(electron.test.asked[0]?.buttons).toEqual(['Quit', 'Go on in the background']);
      expect(electron.app.hasExited).toBe(false);
      tellWork({ filesLeft: 0, progress: null });
      await settle();
      expect(electron.app.hasExited).toBe(true);
    },
  );
});

describe('the menus of the system', () => {
  const commands: WindowCommand[] = [
    { id: 'add', name: 'Add files or a folder', group: 'Window', shortcut: 'Mod+O', isEnabled: true },
    { id: 'play', name: 'Play or pause', group: 'Player', shortcut: 'Space', isEnabled: false },
    { id: 'models', name: 'Models', group: 'Window', shortcut: null, isEnabled: true },
  ];
  const template = async (platform: NodeJS.Platform) => {
    const { menuTemplate } = await shell<typeof import('../../../src/main/shells/electron/appMenu.ts')>('appMenu');
    const performed: string[] = [];
    return { menus: menuTemplate(commands, (id) => performed.push(id), platform), performed };
  };

  it('hold the window’s commands by their groups, and do what they do there', async () => {
    const { menus, performed } = await template('linux');
    expect(menus.map(({ label, role }) => label ?? role)).toEqual(['playhead', 'editMenu', 'Player', 'windowMenu']);
    const [first] = menus as [{ submenu: Electron.MenuItemConstructorOptions[] }];
    expect(first.submenu.map(({ label, role, type }) => label ?? role ?? type)).toEqual([
      'Add files or a folder',
      'Models',
      'separator',
      'quit',
    ]);
    first.submenu[0]?.click?.(null as never, undefined, null as never);
    expect(performed).toEqual(['add']);
    const [play] = (menus[2]?.submenu ?? []) as Electron.MenuItemConstructorOptions[];
    expect(play).toMatchObject({
      enabled: false,
      accelerator: 'Space',
      registerAccelerator: false,
    });
  });

  it('take no letter from what is written on macOS', async () => {
    const { menus } = await template('darwin');
    expect(menus.map(({ label, role }) => label ?? role)).toEqual([
      'appMenu',
      'File',
      'editMenu',
      'Player',
      'windowMenu',
    ]);
    const items = menus.flatMap(({ submenu }) => (submenu as Electron.MenuItemConstructorOptions[] | undefined) ?? []);
    expect(items.flatMap(({ accelerator }) => accelerator ?? [])).toEqual(['CmdOrCtrl+O']);
  });
});

describe('messages of a page', () => {
  const own = { url: 'playhead://app/index.html', parent: null };
  const strangers = [
    { url: 'https://evil.example/', parent: null },
    { url: 'playhead://app.evil/', parent: null },
    { url: 'playhead://app/', parent: {} as Electron.WebFrameMain },
    null,
  ];
  const command = { id: 'add', name: 'Add', group: 'Window', shortcut: null, isEnabled: true };

  it('are heard from our own page alone, in their own form alone', async () => {
    const { answerDesktopCalls } =
      await shell<typeof import('../../../src/main/shells/electron/desktopCalls.ts')>('desktopCalls');
    const window = new electron.BrowserWindow();
    const sent: string[] = [];
    window.webContents.send = (channel, ...args) => void sent.push(`${channel} ${args.join()}`);
    answerDesktopCalls({ window, engineWindow: null, show: () => {}, receive: () => {} } as never, folder);
    for (const stranger of strangers) {
      electron.test.emit('playhead:commands', stranger, [command]);
      await expect(electron.test.ask('playhead:integrate', stranger, 'install')).rejects.toMatchObject({
        code: 'unauthorised',
      });
    }
    electron.test.emit('playhead:commands', own, [{ ...command, isEnabled: 'yes' }]);
    expect(electron.test.menu()).toEqual([]);
    await expect(electron.test.ask('playhead:integrate', own, 'format')).rejects.toThrow();
    await expect(electron.test.ask('playhead:desktop-settings', own, { window: null })).rejects.toThrow();

    electron.test.emit('playhead:commands', own, [command]);
    const [{ submenu }] = electron.test.menu() as [{ submenu: Electron.MenuItemConstructorOptions[] }];
    submenu[0]?.click?.(null as never, undefined, null as never);
    expect(sent).toEqual(['playhead:command add']);
    expect(await electron.test.ask('playhead:desktop-settings', own, { looksForUpdates: true })).toMatchObject({
      settings: { looksForUpdates: true, notifies: true },
      canUpdate: false,
    });
  });
});

describe('the window', () => {
  const placing = () => shell<typeof import('../../../src/main/shells/electron/windowPlace.ts')>('windowPlace');
  const settings = () =>
    shell<typeof import('../../../src/main/shells/electron/desktopSettings.ts')>('desktopSettings');

  it('is where it was, as long as it can be taken hold of there', async () => {
    const { placeFor } = await placing();
    const at = (x: number, y: number) => placeFor({ place: { x, y, width: 900, height: 700 }, isMaximized: false });
    expect(at(100, 50)).toEqual({ x: 100, y: 50, width: 900, height: 700 });
    expect(at(1700, 50)).toMatchObject({ x: 1700 });
    for (const [x, y] of [
      [1900, 50],
      [-800, 50],
      [100, -30],
      [100, 1030],
      [5000, 50],
    ] as const) {
      expect(at(x, y), `${x}, ${y}`).toEqual({ width: 900, height: 700 });
    }
    expect(placeFor(null)).toEqual({ width: 1360, height: 880 });
    expect(placeFor({ place: { x: 9999, y: 0, width: 5000, height: 4000 }, isMaximized: false })).toEqual({
      width: 1920,
      height: 1040,
    });
  });

  it('remembers its place as it is closed; a damaged note costs the place alone', async () => {
    const { createWindow } = await shell<typeof import('../../../src/main/shells/electron/window.ts')>('window');
    createWindow('preload.cjs').close();
    const { readWindowState, changeSettings, readSettings } = await settings();
    expect(readWindowState()).toEqual({ place: { x: 10, y: 20, width: 1360, height: 880 }, isMaximized: false });
    changeSettings({ looksForUpdates: true });
    const kept = JSON.parse(readFileSync(join(folder, 'desktop.json'), 'utf8'));
    writeFileSync(join(folder, 'desktop.json'), JSON.stringify({ ...kept, window: { place: 'x' } }));
    expect([readWindowState(), readSettings().looksForUpdates]).toEqual([null, true]);
    writeFileSync(join(folder, 'desktop.json'), '{');
    expect(readSettings()).toEqual({ looksForUpdates: false, notifies: true });
  });

  it('is isolated and sandboxed, and is refused every permission but two', async () => {
    const { createWindow, refusePermissions } =
      await shell<typeof import('../../../src/main/shells/electron/window.ts')>('window');
    const { options } = createWindow('preload.cjs') as unknown as { options: Electron.BrowserWindowConstructorOptions };
    expect(options.webPreferences).toEqual({
      preload: 'preload.cjs',
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
    });
    refusePermissions();
    const { request, check, device, display } = electron.test.permissions as Record<
      string,
      (...args: unknown[]) => unknown
    >;
    const granted = (permission: string) => {
      let given: unknown;
      request?.(null, permission, (answer: unknown) => {
        given = answer;
      });
      expect(check?.(null, permission)).toBe(given);
      return given;
    };
    for (const permission of [
      'media',
      'geolocation',
      'notifications',
      'openExternal',
      'usb',
      'clipboard-read',
      'unknown',
    ]) {
      expect(granted(permission), permission).toBe(false);
    }
    expect([granted('clipboard-sanitized-write'), granted('fullscreen')]).toEqual([true, true]);
    expect(device?.({})).toBe(false);
    let stream: unknown;
    display?.({}, (answer: unknown) => {
      stream = answer;
    });
    expect(stream).toEqual({});
    const download = preventable();
    electron.session.defaultSession.emit('will-download', download);
    expect(download.defaultPrevented).toBe(true);
  });
});

describe('a machine that falls asleep', () => {
  it('pauses what runs, and what was paused before stays so when it wakes', async () => {
    const { pauseWhileAsleep } = await shell<typeof import('../../../src/main/shells/electron/sleep.ts')>('sleep');
    const changes: object[] = [];
    const job = (id: string, kind: string, state: string) => ({ id, kind, state }) as Job;
    pauseWhileAsleep({
      listJobs: async () => [
        job('a', 'index', 'running'),
        job('b', 'index', 'queued'),
        job('c', 'index', 'paused'),
        job('d', 'ask', 'running'),
        job('e', 'scan', 'done'),
      ],
      changeJobs: async (input) => {
        changes.push(input);
        return { changed: 1 };
      },
    });
    for (const name of ['resume', 'suspend', 'suspend', 'resume', 'resume']) electron.powerMonitor.emit(name);
    await settle();
    expect(changes).toEqual([
      { change: 'pause', jobIds: ['a', 'b'] },
      { change: 'resume', jobIds: ['a', 'b'] },
    ]);
  });
});

describe('new versions', () => {
  const updates = () => shell<typeof import('../../../src/main/shells/electron/updates.ts')>('updates');
  const switchOn = async (looksForUpdates: boolean) =>
    (
      await shell<typeof import('../../../src/main/shells/electron/desktopSettings.ts')>('desktopSettings')
    ).changeSettings({ looksForUpdates });
  let calls: string[];
  const updater = {
    autoDownload: true,
    checkForUpdates: async () => {
      calls.push('check');
      return { isUpdateAvailable: true, updateInfo: { version: '9.9.9' } };
    },
    downloadUpdate: async () => void calls.push('download'),
  };
  const open = async () => {
    calls.push('open');
    return updater;
  };
  beforeEach(() => {
    calls = [];
    electron.app.isPackaged = true;
    Object.assign(process, { resourcesPath: folder });
    writeFileSync(join(folder, 'app-update.yml'), '');
  });
  afterEach(() => {
    Reflect.deleteProperty(process, 'resourcesPath');
  });

  it('are not looked for, and what looks for them is not even loaded, before the person switches it on', async () => {
    const { lookOnce } = await updates();
    await lookOnce(open);
    await switchOn(false);
    await lookOnce(open);
    expect(calls).toEqual([]);
  });

  it('are not looked for by a copy that was made without an address', async () => {
    await switchOn(true);
    const { lookOnce } = await updates();
    rmSync(join(folder, 'app-update.yml'));
    await lookOnce(open);
    expect(calls).toEqual([]);
  });

  it('are downloaded only when the person agrees', async () => {
    await switchOn(true);
    const { lookOnce } = await updates();
    await lookOnce(open);
    expect(calls).toEqual(['open', 'check']);
    expect(updater.autoDownload).toBe(false);
    electron.test.answers.push(1);
    await lookOnce(open);
    expect(calls.slice(2)).toEqual(['open', 'check', 'download']);
  });
});
