/** How far the work is, outside the window: in the dock or taskbar, in the tray, and as a notification when it is done. */
import { join } from 'node:path';
import { app, Menu, Notification, nativeImage, Tray } from 'electron';
import type { Job, WorkSummary } from '../../../contract/index.ts';
import type { Engine } from '../../engine/createEngine.ts';
import { ignore } from '../../log/log.ts';
import { readSettings } from './desktopSettings.ts';
import type { MainWindow } from './mainWindow.ts';
import { type TrayActions, trayTemplate, trayText } from './trayMenu.ts';

export interface WorkSignals {
  /** Files are being read just now. */
  readonly isWorking: boolean;
  /** The latest of what was told; null before. */
  readonly work: WorkSummary | null;
}

/** @param resources the folder of the icon; @param onDone is called when no file is left */
export function signalWork(engine: Engine, main: MainWindow, resources: string, onDone: () => void): WorkSignals {
  const tray = workTray(engine, main, resources);
  let work: WorkSummary | null = null;
  const isWorking = () => work !== null && work.filesLeft > 0;

  engine.onEvent((event) => {
    if (event.type === 'work') take(event.work);
    if (event.type === 'job' && event.job.kind === 'ask') tellAnswer(event.job);
  });
  engine.api.work({}).then(take, ignore('how far the work is was not told'));

  function take(next: WorkSummary): void {
    const wasWorking = isWorking();
    work = next;
    main.window?.setProgressBar(next.progress ?? -1, { mode: next.isPaused ? 'paused' : 'normal' });
    tray.show(isWorking() ? next : null);
    if (!wasWorking || isWorking()) return;
    notify(main, 'Playhead has read your files', doneText(next));
    onDone();
  }

  function tellAnswer({ state, title }: Job): void {
    if (state === 'done') notify(main, 'Your question is answered', title);
  }

  return {
    get isWorking() {
      return isWorking();
    },
    get work() {
      return work;
    },
  };
}

function doneText({ filesDone, filesFailed }: WorkSummary): string {
  const files = filesDone === 1 ? '1 file is' : `${filesDone} files are`;
  return `${files} indexed${filesFailed > 0 ? `, ${filesFailed} with problems` : ''}.`;
}

/** Nobody is told what he looks at. */
function notify(main: MainWindow, title: string, body: string): void {
  if (main.window?.isFocused() || !readSettings().notifies || !Notification.isSupported()) return;
  const notification = new Notification({ title, body });
  notification.on('click', main.show);
  notification.show();
}

/** There while files are read, and at no other time. A system without a tray has none. */
function workTray(engine: Engine, main: MainWindow, resources: string) {
  let tray: Tray | null = null;
  const change = (kind: 'pause' | 'resume') =>
    void engine.api.changeJobs({ change: kind }).catch(ignore('the work was not changed from the tray'));
  const actions: TrayActions = {
    show: main.show,
    pause: () => change('pause'),
    resume: () => change('resume'),
    quit: () => app.quit(),
  };
  const close = () => {
    tray?.destroy();
    tray = null;
  };
  app.on('will-quit', close);
  return {
    show(work: WorkSummary | null): void {
      if (work === null) {
        close();
        return;
      }
      if (tray === null) {
        tray = new Tray(nativeImage.createFromPath(join(resources, 'icon-tray.png')));
        tray.on('click', main.show);
      }
      tray.setToolTip(trayText(work));
      tray.setContextMenu(Menu.buildFromTemplate(trayTemplate(work, actions)));
    },
  };
}
