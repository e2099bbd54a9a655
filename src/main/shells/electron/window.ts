import { BrowserWindow, session } from 'electron';
import { readWindowState } from './desktopSettings.ts';
import { uiOrigin } from './schemes.ts';
import { placeFor, rememberPlace } from './windowPlace.ts';

/** The one window: sandboxed, isolated, and kept on our own page by `guards.ts`. */
export function createWindow(preload: string): BrowserWindow {
  const state = readWindowState();
  const window = new BrowserWindow({
    ...placeFor(state),
    minWidth: 720,
    minHeight: 520,
    show: false,
    title: 'Playhead',
    webPreferences: { preload, contextIsolation: true, sandbox: true, nodeIntegration: false, webviewTag: false },
  });
  rememberPlace(window);
  // To maximize it shows it as well: not before there is something to see.
  window.once('ready-to-show', () => (state?.isMaximized ? window.maximize() : window.show()));
  void window.loadURL(`${uiOrigin}/`);
  return window;
}

/** Electron grants permissions unless told otherwise; the UI needs few: to copy a path, and to fill the screen. */
const allowed = new Set(['clipboard-sanitized-write', 'fullscreen']);

/** Devices, screens, downloads and everything else is refused, to our own page as well. */
export function refusePermissions(): void {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, permission, answer) => answer(allowed.has(permission)));
  defaultSession.setPermissionCheckHandler((_contents, permission) => allowed.has(permission));
  defaultSession.setDevicePermissionHandler(() => false);
  // An answer without a stream is a refusal.
  defaultSession.setDisplayMediaRequestHandler((_request, answer) => answer({}));
  defaultSession.on('will-download', (event) => event.preventDefault());
}
