/** Shell 1: one window of Electron over the engine. */
import { join } from 'node:path';
import { app, type BrowserWindow, dialog } from 'electron';
import { formatError, toErrorInfo } from '../../../contract/index.ts';
import { createEngine, type Engine } from '../../engine/createEngine.ts';
import { ignore } from '../../log/log.ts';
import { guardAllContents } from './guards.ts';
import { offerRestore } from './offerRestore.ts';
import { listenForOpenedFiles } from './openedFiles.ts';
import { attachRpcPort } from './rpcPort.ts';
import { handleSchemes, registerSchemes } from './schemes.ts';
import { utilityHost } from './utilityHost.ts';
import { createWindow, refusePermissions } from './window.ts';

export async function runApp(): Promise<void> {
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  const onOpenedFiles = listenForOpenedFiles();
  guardAllContents();
  registerSchemes();
  app.enableSandbox();
  await app.whenReady();
  refusePermissions();
  const engine = await openEngine();
  if (!engine) return;
  closeWithApp(engine);
  handleSchemes(engine, uiSource());

  let window: BrowserWindow | null = null;
  const show = () => {
    if (window) return window.isMinimized() ? window.restore() : window.focus();
    window = createWindow(join(app.getAppPath(), 'out', 'preload', 'index.cjs'));
    attachRpcPort(window, engine);
    window.on('closed', () => {
      window = null;
    });
  };
  show();
  app.on('activate', show);
  app.on('second-instance', show);
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  onOpenedFiles((paths) => {
    show();
    void engine.api.addToLibrary({ paths }).catch(ignore('an opened file was not added'));
  });
}

/** The built renderer or, under `npm run dev`, the server that electron-vite has started for it. */
function uiSource(): string {
  const developed = app.isPackaged ? undefined : process.env.ELECTRON_RENDERER_URL?.replace(/\/$/, '');
  return developed ?? join(app.getAppPath(), 'out', 'renderer');
}

async function openEngine(): Promise<Engine | null> {
  const libraryFolder = process.env.PLAYHEAD_LIBRARY ?? join(app.getPath('userData'), 'library');
  const open = () =>
    createEngine({
      version: app.getVersion(),
      libraryFolder,
      resourcesFolder: app.isPackaged ? process.resourcesPath : join(app.getAppPath(), 'resources'),
      spawnHost: utilityHost,
      addSamples: true,
    });
  try {
    return await open().catch(async (thrown: unknown) => {
      const error = toErrorInfo(thrown);
      const isLost = error.code === 'library-missing' || error.code === 'library-damaged';
      if (isLost && (await offerRestore(libraryFolder, error))) return open();
      throw thrown;
    });
  } catch (thrown) {
    dialog.showErrorBox('Playhead could not open its library', formatError(toErrorInfo(thrown)));
    app.exit(1);
    return null;
  }
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
