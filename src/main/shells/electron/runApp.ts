/** Shell 1: one window of Electron over the engine. */
import { join } from 'node:path';
import { app } from 'electron';
import type { Engine } from '../../engine/createEngine.ts';
import { guardAllContents } from './guards.ts';
import { createMainWindow } from './mainWindow.ts';
import { openEngine } from './openEngine.ts';
import { listenForRequests, ownRequests, type SecondStart } from './outsideRequests.ts';
import { handleSchemes, registerSchemes } from './schemes.ts';
import { refusePermissions } from './window.ts';

export async function runApp(): Promise<void> {
  const handed: SecondStart = { outside: ownRequests() };
  if (!app.requestSingleInstanceLock(handed)) {
    app.quit();
    return;
  }
  const onRequests = listenForRequests();
  guardAllContents();
  registerSchemes();
  app.enableSandbox();
  await app.whenReady();
  refusePermissions();
  const engine = await openEngine();
  if (!engine) return;
  closeWithApp(engine);
  const main = createMainWindow(engine);
  handleSchemes((route) => (main.engineWindow ?? engine).openRoute(route), uiSource());

  main.show();
  app.on('activate', main.show);
  app.on('second-instance', main.show);
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  onRequests(main.receive);
}

/** The built renderer or, under `npm run dev`, the server that electron-vite has started for it. */
function uiSource(): string {
  const developed = app.isPackaged ? undefined : process.env.ELECTRON_RENDERER_URL?.replace(/\/$/, '');
  return developed ?? join(app.getAppPath(), 'out', 'renderer');
}

/** Jobs stop at their next step and go on at the next start. */
function closeWithApp(engine: Engine): void {
  let closed = false;
  app.on('will-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    void engine.close().finally(() => {
      closed = true;
      app.quit();
    });
  });
}
