/** The end: while files are read the person is asked, once; then the work stops at its next step, and goes on at the next start. */
import { app, dialog, powerMonitor } from 'electron';
import type { WorkSummary } from '../../../contract/index.ts';
import type { Engine } from '../../engine/createEngine.ts';
import { ignore } from '../../log/log.ts';
import { endIfHeld } from '../shared/threads.ts';
import type { WorkSignals } from './workSignals.ts';

export interface Quitting {
  /** The windows are closed and the engine is being closed: nothing can be shown any more. */
  readonly isEnding: boolean;
  /** The last window was closed. */
  onWindowsClosed(): void;
  /** The last file was read: without a window there is nothing left to do. */
  onWorkDone(): void;
}

/** @param hasWindow false while the window is closed */
export function handleQuitting(engine: Engine, signals: WorkSignals, hasWindow: () => boolean): Quitting {
  let isAsking = false;
  let isAgreed = false;
  const staysWithoutWindow = process.platform === 'darwin';

  // A system that shuts down waits for nobody's answer.
  powerMonitor.on('shutdown', () => {
    isAgreed = true;
  });
  app.on('before-quit', (event) => {
    if (isAgreed || !signals.isWorking || signals.work?.isPaused) return;
    event.preventDefault();
    if (!isAsking) void ask(signals.work);
  });
  const closing = closeWithApp(engine);

  async function ask(work: WorkSummary | null): Promise<void> {
    isAsking = true;
    const answer = await dialog
      .showMessageBox({
        type: 'question',
        message: 'Playhead is still reading your files.',
        detail: `${work?.filesLeft ?? 0} are left. What was read is kept, and the rest goes on at the next start.`,
        buttons: ['Quit', hasWindow() ? 'Stay open' : 'Go on in the background'],
        defaultId: 1,
        cancelId: 1,
      })
      .catch(ignore('whether to quit could not be asked'));
    isAsking = false;
    // Where nobody can be asked, nobody is kept waiting; a system that shuts down meanwhile has the last word.
    isAgreed ||= !answer || answer.response === 0;
    if (isAgreed) app.quit();
  }

  return {
    get isEnding() {
      return closing.hasBegun;
    },
    onWindowsClosed: () => {
      if (!staysWithoutWindow) app.quit();
    },
    onWorkDone: () => {
      if (!staysWithoutWindow && !hasWindow()) app.quit();
    },
  };
}

/** Jobs stop at their next step and go on at the next start. The app ends when all of them have stopped. */
function closeWithApp(engine: Engine): { readonly hasBegun: boolean } {
  let state: 'open' | 'closing' | 'closed' = 'open';
  app.on('will-quit', (event) => {
    if (state === 'closed') return;
    event.preventDefault();
    if (state === 'closing') return;
    state = 'closing';
    void engine
      .close()
      .catch(ignore('the engine did not close in order'))
      .finally(async () => {
        await endIfHeld();
        state = 'closed';
        app.quit();
      });
  });
  return {
    get hasBegun() {
      return state !== 'open';
    },
  };
}
