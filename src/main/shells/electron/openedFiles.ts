/** Files that the person opens with Playhead: from the system's menus, by drop on the icon, as arguments. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { app, dialog } from 'electron';

/**
 * Listens from the very start, since macOS names a file before the app is ready. What has come until then, and every
 * file or folder after it, those of a second start too, goes to the function that is given to the result.
 */
export function listenForOpenedFiles(): (open: (paths: string[]) => void) => void {
  const waiting: string[][] = [];
  let open = (paths: string[]): void => void waiting.push(paths);
  const receive = (paths: string[]) => void acceptable(paths).then((accepted) => accepted.length > 0 && open(accepted));
  app.on('open-file', (event, path) => {
    event.preventDefault();
    receive([path]);
  });
  app.on('second-instance', (_event, argv, workingDirectory) => receive(pathsIn(argv, workingDirectory)));
  receive(pathsIn(process.argv, process.cwd()));
  return (next) => {
    open = next;
    for (const paths of waiting.splice(0)) open(paths);
  };
}

function pathsIn(argv: string[], folder: string): string[] {
  // The first argument is the program; a development start names the app's folder as the second.
  const candidates = argv.slice(app.isPackaged ? 1 : 2).filter((argument) => !argument.startsWith('-'));
  return candidates.map((path) => (isNetworkPath(path) ? path : resolve(folder, path)));
}

/** Those that are there. A path on the network is not even looked at before the person has agreed to it. */
async function acceptable(paths: string[]): Promise<string[]> {
  const accepted: string[] = [];
  for (const path of paths) {
    if (isNetworkPath(path) && !(await isWanted(path))) continue;
    if (existsSync(path)) accepted.push(path);
  }
  return accepted;
}

/** "\\\\server\\share", "//server/share", "smb://…": to look at it already sends the person's name to that server. */
export function isNetworkPath(path: string): boolean {
  return /^([\\/]{2}|[a-z][a-z0-9+.-]+:\/\/)/i.test(path);
}

async function isWanted(path: string): Promise<boolean> {
  await app.whenReady();
  const { response } = await dialog.showMessageBox({
    type: 'question',
    message: `Open a file from another computer? ${path}`,
    detail: 'Playhead would connect to it, which tells it your name. Agree only if you have opened this yourself.',
    buttons: ['Leave it', 'Open it'],
    defaultId: 0,
    cancelId: 0,
  });
  return response === 1;
}
