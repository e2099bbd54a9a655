import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { preventable } from '../../support/electron/emitter.ts';
import { electron, folder, nextTurn, shell } from './shellFixture.ts';

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

  it('fills the screen as it did, once there is something to see', async () => {
    const { keepWindowState } = await settings();
    keepWindowState({ place: { x: 10, y: 20, width: 900, height: 700 }, isMaximized: true });
    const { createWindow } = await shell<typeof import('../../../src/main/shells/electron/window.ts')>('window');
    const { state } = createWindow('preload.cjs') as unknown as { state: { isMaximized: boolean } };
    expect(state.isMaximized).toBe(false);
    await nextTurn();
    expect(state.isMaximized).toBe(true);
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
