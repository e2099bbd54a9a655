/** What the tray says and offers while files are read. */
import type { MenuItemConstructorOptions } from 'electron';
import { aboutSeconds, type WorkSummary } from '../../../contract/index.ts';

export interface TrayActions {
  show(): void;
  pause(): void;
  resume(): void;
  quit(): void;
}

/** "Reading your files: 3 of 12, 40 %, about 5 min left" */
export function trayText({ filesDone, filesFailed, filesLeft, progress, secondsLeft, isPaused }: WorkSummary): string {
  const ended = filesDone + filesFailed;
  return [
    `${isPaused ? 'Paused' : 'Reading your files'}: ${ended} of ${ended + filesLeft}`,
    ...(progress === null ? [] : [`${Math.floor(progress * 100)} %`]),
    ...(secondsLeft === null || isPaused ? [] : [`about ${aboutSeconds(secondsLeft)} left`]),
  ].join(', ');
}

export function trayTemplate(work: WorkSummary, actions: TrayActions): MenuItemConstructorOptions[] {
  return [
    { label: trayText(work), enabled: false },
    { type: 'separator' },
    { label: 'Show Playhead', click: actions.show },
    work.isPaused ? { label: 'Go on', click: actions.resume } : { label: 'Pause', click: actions.pause },
    { type: 'separator' },
    { label: 'Quit', click: actions.quit },
  ];
}
