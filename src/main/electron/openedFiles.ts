/** Files that the person opens with Playhead: from the system's menus, by drop on the icon, as arguments. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { app } from 'electron';

/** `open` hears of every file or folder, those of a second start of the app too. */
export function onOpenedFiles(open: (paths: string[]) => void): void {
  app.on('open-file', (event, path) => {
    event.preventDefault();
    open([path]);
  });
  app.on('second-instance', (_event, argv, workingDirectory) => openArguments(argv, workingDirectory, open));
  openArguments(process.argv, process.cwd(), open);
}

function openArguments(argv: string[], folder: string, open: (paths: string[]) => void): void {
  // The first argument is the program; a development start names the app's folder as the second.
  const candidates = argv.slice(app.isPackaged ? 1 : 2).filter((argument) => !argument.startsWith('-'));
  const paths = candidates.map((path) => resolve(folder, path)).filter((path) => existsSync(path));
  if (paths.length > 0) open(paths);
}
