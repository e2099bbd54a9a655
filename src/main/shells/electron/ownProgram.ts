/** How this app is started: by the system's menus, and by itself. */
import { app } from 'electron';
import { asArguments, type Outside } from '../shared/readOutside.ts';

/** An AppImage is started by its own file, since what runs is a mounted copy; in development Electron with the app's folder. */
export function startCommand(): [program: string, ...args: string[]] {
  if (!app.isPackaged) return [process.execPath, app.getAppPath()];
  return [process.env.APPIMAGE ?? process.execPath];
}

/** Once this app has ended: with what it was asked for in the meantime. */
export function startAgain(outside: readonly Outside[]): void {
  const [execPath, ...args] = startCommand();
  app.relaunch({ execPath, args: [...args, ...asArguments(outside)] });
}
