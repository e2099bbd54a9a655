import { BrowserWindow, session } from 'electron';
import { uiOrigin } from './schemes.ts';

/** The one window: sandboxed, isolated, and kept on our own page by `guards.ts`. */
export function createWindow(preload: string): BrowserWindow {
  const window = new BrowserWindow({
    width: 1360,
    height: 880,
    minWidth: 720,
    minHeight: 520,
    show: false,
    title: 'Playhead',
    webPreferences: { preload, contextIsolation: true, sandbox: true, nodeIntegration: false, webviewTag: false },
  });
  window.once('ready-to-show', () => window.show());
  void window.loadURL(`${uiOrigin}/`);
  return window;
}

/** Electron grants permissions unless told otherwise; the UI needs one only, to copy a path. */
export function refusePermissions(): void {
  const allowed = new Set(['clipboard-sanitized-write', 'fullscreen']);
  session.defaultSession.setPermissionRequestHandler((_contents, permission, answer) =>
    answer(allowed.has(permission)),
  );
  session.defaultSession.setPermissionCheckHandler((_contents, permission) => allowed.has(permission));
}
