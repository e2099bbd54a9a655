/** Shell 1: one window of Electron over the engine. */
import { join } from 'node:path';
import { app } from 'electron';
import type { Outside } from '../shared/readOutside.ts';
import { answerDesktopCalls } from './desktopCalls.ts';
import { guardAllContents } from './guards.ts';
import { createMainWindow } from './mainWindow.ts';
import { openEngine, resourcesFolder } from './openEngine.ts';
import { listenForRequests, ownRequests, type SecondStart } from './outsideRequests.ts';
import { startAgain } from './ownProgram.ts';
import { handleQuitting } from './quitting.ts';
import { handleSchemes, registerSchemes } from './schemes.ts';
import { restWhileAsleep } from './sleep.ts';
import { lookForUpdates } from './updates.ts';
import { refusePermissions } from './window.ts';
import { signalWork } from './workSignals.ts';

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
  const main = createMainWindow(engine);
  handleSchemes((route) => (main.engineWindow ?? engine).openRoute(route), uiSource());
  answerDesktopCalls(main, resourcesFolder());

  const signals = signalWork(engine, main, resourcesFolder(), () => quitting.onWorkDone());
  const quitting = handleQuitting(engine, signals, () => main.window !== null);
  restWhileAsleep(engine);
  main.show();
  // A window of an app that is ending would end with it.
  const receive = (outside: Outside[]) => (quitting.isEnding ? startAgain(outside) : main.receive(outside));
  app.on('activate', () => {
    if (!quitting.isEnding) main.show();
  });
  app.on('window-all-closed', quitting.onWindowsClosed);
  onRequests(receive);
  lookForUpdates();
}

/** The built renderer or, under `npm run dev`, the server that electron-vite has started for it. */
function uiSource(): string {
  const developed = app.isPackaged ? undefined : process.env.ELECTRON_RENDERER_URL?.replace(/\/$/, '');
  return developed ?? join(app.getAppPath(), 'out', 'renderer');
}
