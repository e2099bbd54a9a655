/** The desktop app, opened in Electron where its binary is, or in Chromium around the built main process. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type LaunchOptions, type Page } from '@playwright/test';
import { openChromiumScreen } from '../../support/electron/chromiumScreen.ts';
import { createElectron } from '../../support/electron/standIn.ts';
import type { Screen } from '../../support/electron/windows.ts';

const project = join(import.meta.dirname, '..', '..', '..');
const register = join(project, 'tests', 'support', 'electron', 'register.ts');
const main = join(project, 'out', 'main', 'index.js');

export interface Desktop {
  page: Page;
  /** The names of the system's menus, and of what is in them. */
  menus(): Promise<string[]>;
  /** Chooses one of them. */
  choose(id: string): Promise<void>;
  /** The same program is started again, beside the open one, and ends. */
  startAgain(...args: string[]): Promise<void>;
  /** Quits as a person does, and waits until the app has ended. */
  close(): Promise<void>;
}

/** @param binary Electron's, or null for the stand-in */
export async function openDesktop(binary: string | null, options: LaunchOptions): Promise<Desktop> {
  const folder = await mkdtemp(join(tmpdir(), 'playhead-desktop-'));
  const opened = await (binary ? openElectron(binary, folder) : openStandIn(folder, options));
  return {
    ...opened,
    async close() {
      await opened.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function openElectron(binary: string, folder: string): Promise<Desktop> {
  const env = { ...process.env, PLAYHEAD_LIBRARY: join(folder, 'library') } as Record<string, string>;
  const args = [project, `--user-data-dir=${join(folder, 'data')}`];
  const app = await _electron.launch({ executablePath: binary, args, env });
  return {
    page: await app.firstWindow(),
    menus: () =>
      app.evaluate(({ Menu }) =>
        (Menu.getApplicationMenu()?.items ?? []).flatMap(({ label, submenu }) => [
          label,
          ...(submenu?.items ?? []).map((item) => item.label),
        ]),
      ),
    choose: (id) => app.evaluate(({ Menu }, wanted) => Menu.getApplicationMenu()?.getMenuItemById(wanted)?.click(), id),
    startAgain: (...more) => ended(spawn(binary, [...args, ...more], { env, stdio: 'ignore' })),
    close: () => app.close(),
  };
}

async function openStandIn(folder: string, options: LaunchOptions): Promise<Desktop> {
  const userData = join(folder, 'data');
  const display = await openDisplay();
  const screen: { current: Screen | null } = { current: null };
  const electron = createElectron({ userData, appPath: project, screen: lateScreen(() => screen.current) });
  const chromium = await openChromiumScreen({ ...options, ...display.options }, () => electron);
  screen.current = chromium;
  globalThis.playheadElectron = electron;
  await import(register);
  process.env.PLAYHEAD_LIBRARY = join(folder, 'library');
  const { argv } = process;
  process.argv = [process.execPath, project];
  await import(main);
  const page = await chromium.page();
  process.argv = argv;
  const env = { ...process.env, PLAYHEAD_STAND_IN: userData, PLAYHEAD_APP: project };
  const items = () =>
    electron.test.menu().flatMap((menu) => [menu, ...((Array.isArray(menu.submenu) && menu.submenu) || [])]);
  return {
    page,
    menus: async () => items().map(({ label, role }) => label ?? role ?? ''),
    choose: async (id) =>
      items()
        .find((item) => item.id === id)
        ?.click?.(null as never, undefined, null as never),
    startAgain: (...more) =>
      ended(
        spawn(process.execPath, ['--import', register, main, ...more], { env, stdio: ['ignore', 'ignore', 'inherit'] }),
      ),
    async close() {
      const quit = new Promise<void>((resolve) => electron.app.once('quit', resolve));
      electron.app.quit();
      await quit;
      await chromium.context.close();
      display.close();
    },
  };
}

/** The windows of the stand-in are made before Chromium is known to it. */
function lateScreen(screen: () => Screen | null): Screen {
  return {
    load: async (window, url) => screen()?.load(window, url),
    post: (...given) => screen()?.post(...given),
    send: (...given) => screen()?.send(...given),
    close: (window) => screen()?.close(window),
  };
}

/** A window needs a screen: that of the person, a made-up one (Xvfb), or none, in which case Chromium goes without. */
async function openDisplay(): Promise<{ options: LaunchOptions; close(): void }> {
  if (process.platform !== 'linux' || process.env.DISPLAY) return { options: { headless: false }, close: () => {} };
  if (spawnSync('which', ['Xvfb']).status !== 0) return { options: { headless: true }, close: () => {} };
  const xvfb = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const number = await new Promise<string>((resolve) =>
    xvfb.stdio[3]?.once('data', (data) => resolve(String(data).trim())),
  );
  return {
    options: { headless: false, env: { ...process.env, DISPLAY: `:${number}` } as never },
    close: () => void xvfb.kill(),
  };
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', () => resolve());
  });
}
