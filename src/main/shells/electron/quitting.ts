/** The end: while files are read the person is asked, once; then the work stops at its next step, and goes on at the next start. */
import { app, dialog, powerMonitor } from 'electron';
import type { WorkSummary } from '../../../contract/index.ts';
import type { Engine } from '../../engine/createEngine.ts';
import { endIfHeld } from '../shared/threads.ts';
import type { WorkSignals } from './workSignals.ts';

export interface Quitting {
  /** The last window was closed. */
  onWindowsClosed(): void;
  /** The last file was read: without a window there is nothing left to do. */
  onWorkDone(): void;
}

/** @param hasWindow false while the window is closed */
export function handleQuitting(engine: Engine, signals: WorkSignals, hasWindow: () => boolean): Quitting {
  let state: 'open' | 'asking' | 'agreed' = 'open';
  const staysWithoutWindow = process.platform === 'darwin';

  // A system that shuts down waits for nobody's answer.
  powerMonitor.on('shutdown', () => {
    state = 'agreed';
  });
  app.on('before-quit', (event) => {
    if (state === 'agreed' || !signals.isWorking || signals.work?.isPaused) return;
    event.preventDefault();
    if (state === 'open') void ask(signals.work);
  });
  closeWithApp(engine);

  async function ask(work: WorkSummary | null): Promise<void> {
    state = 'asking';
    const { response } = await dialog.showMessageBox({
      type: 'question',
      message: 'Playhead is still reading your files.',
      detail: `${work?.filesLeft ?? 0} are left. What was read is kept, and the rest goes on at the next start.`,
      buttons: ['Quit', hasWindow() ? 'Stay open' : 'Go on in the background'],
      defaultId: 1,
      cancelId: 1,
    });
    state = response === 0 ? 'agreed' : 'open';
    if (state === 'agreed') app.quit();
  }

  return {
    onWindowsClosed: () => {
      if (!staysWithoutWindow) app.quit();
    },
    onWorkDone: () => {
      if (!staysWithoutWindow && !hasWindow()) app.quit();
    },
  };
}

/** Jobs stop at their next step and go on at the next start. */
function closeWithApp(engine: Engine): void {
  let closed = false;
  app.on('will-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    void engine.close().finally(async () => {
      closed = true;
      await endIfHeld();
      app.quit();
    });
  });
}
