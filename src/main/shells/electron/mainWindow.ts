/** The one window and what it may see: made when it is wanted, and again after it was closed. */
import { join } from 'node:path';
import { app, type BrowserWindow } from 'electron';
import type { Engine, EngineWindow } from '../../engine/createEngine.ts';
import type { Outside } from '../shared/readOutside.ts';
import { receiveOutside } from '../shared/receiveOutside.ts';
import { attachRpcPort } from './rpcPort.ts';
import { createWindow } from './window.ts';

export interface MainWindow {
  /** Null while it is closed. */
  readonly window: BrowserWindow | null;
  /** What the window sees of the engine, null while it is closed. */
  readonly engineWindow: EngineWindow | null;
  show(): void;
  receive(outside: Outside[]): void;
}

export function createMainWindow(engine: Engine): MainWindow {
  let open: { window: BrowserWindow; engineWindow: EngineWindow } | null = null;

  function openOne() {
    const engineWindow = engine.openWindow();
    const window = createWindow(join(app.getAppPath(), 'out', 'preload', 'index.cjs'));
    attachRpcPort(window, engineWindow);
    // Files that were opened from outside are granted to this window, and end with it.
    window.on('closed', () => {
      engineWindow.close();
      open = null;
    });
    open = { window, engineWindow };
    return open;
  }

  function show(): void {
    if (!open) return void openOne();
    const { window } = open;
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  }

  return {
    get window() {
      return open?.window ?? null;
    },
    get engineWindow() {
      return open?.engineWindow ?? null;
    },
    show,
    receive(outside) {
      show();
      const { engineWindow } = open ?? openOne();
      const add = (paths: string[]) => engine.api.addToLibrary({ paths });
      for (const each of outside) void receiveOutside({ ...engineWindow, add }, each);
    },
  };
}
