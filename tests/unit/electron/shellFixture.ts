/** A part of the desktop shell for each test, against the stand-in for Electron. */
import { EventEmitter, once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, vi } from 'vitest';
import type { EngineEvent, WorkSummary } from '../../../src/contract/index.ts';
import type { Engine } from '../../../src/main/engine/createEngine.ts';
import { createElectron, type StandIn } from '../../support/electron/standIn.ts';

export let folder: string;
export let electron: StandIn;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'playhead-shell-'));
  electron = createElectron({ userData: folder, appPath: folder });
  vi.resetModules();
  vi.doMock('electron', () => electron);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

export const shell = <T>(name: string) => import(`../../../src/main/shells/electron/${name}.ts`) as Promise<T>;
export const work = (changes: Partial<WorkSummary> = {}): WorkSummary => ({
  ...{ filesDone: 3, filesFailed: 0, filesLeft: 9, progress: 0.4, secondsLeft: 300, isPaused: false },
  ...changes,
});
/** The stand-in answers with promises alone: at the next turn of the event loop, whatever waited for them is done. */
export const nextTurn = () => new Promise((resolve) => setImmediate(resolve));
/** Resolves when the app has ended. */
export const ended = async () => {
  if (!electron.app.hasExited) await once(electron.app, 'quit');
};

/** An engine of which only the work counts. */
export function workingEngine() {
  const events = new EventEmitter();
  const changes: object[] = [];
  let closed = 0;
  let untilClosed = Promise.resolve();
  const engine = {
    api: {
      work: async () => work({ filesLeft: 0, progress: null, secondsLeft: null }),
      changeJobs: async (input: object) => void changes.push(input),
    },
    onEvent: (listener: (event: EngineEvent) => void) => void events.on('event', listener),
    close: () => {
      closed++;
      return untilClosed;
    },
  } as unknown as Engine;
  /** From now on closing takes until the result is called. */
  const closing = () => {
    let close = () => {};
    untilClosed = new Promise<void>((resolve) => {
      close = resolve;
    });
    return () => close();
  };
  const emit = (event: EngineEvent) => void events.emit('event', event);
  return { engine, changes, closed: () => closed, closing, emit };
}

export async function openShell(window: { isFocused(): boolean; setProgressBar: unknown } | null = null) {
  const { signalWork } = await shell<typeof import('../../../src/main/shells/electron/workSignals.ts')>('workSignals');
  const { handleQuitting } = await shell<typeof import('../../../src/main/shells/electron/quitting.ts')>('quitting');
  const working = workingEngine();
  const main = { window, engineWindow: null, show: vi.fn(), receive: vi.fn() } as never;
  const signals = signalWork(working.engine, main, folder, () => quitting.onWorkDone());
  const quitting = handleQuitting(working.engine, signals, () => window !== null);
  await nextTurn();
  const tellWork = (changes?: Partial<WorkSummary>) => working.emit({ type: 'work', work: work(changes) });
  return { ...working, quitting, tellWork };
}
