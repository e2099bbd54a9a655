/** `playhead --ask <file>`: the file in a window, with the cursor in the question. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, Option } from 'commander';
import { PlayheadError } from '../../../../contract/index.ts';
import { readAskLink } from '../../shared/askLink.ts';
import { handOver } from '../../shared/handOver.ts';
import { appFolder, libraryFolderOf } from '../../shared/localEngine.ts';
import { isNetworkPath } from '../../shared/networkPath.ts';
import { openBrowser } from '../../shared/openBrowser.ts';
import { type Outside, readOutside } from '../../shared/readOutside.ts';
import { libraryOption } from '../options.ts';
import { note } from '../output.ts';

interface OpenFlags {
  /** True: the window alone. */
  ask?: string | true;
  library?: string;
}

/**
 * Of the program itself: it takes this where no command is named. Without `--ask` the program does nothing by itself, so
 * that a command that does not exist is told as one.
 */
export function addOpening(program: Command, onExitCode: (code: number) => void): void {
  const isAsked = process.argv.some((argument) => /^--ask(=|$)/.test(argument));
  program
    .addOption(
      new Option('--ask [file]', 'show a file in the app, with the cursor in the question; without one, the app'),
    )
    .addOption(libraryOption);
  if (!isAsked) return;
  program.action(async ({ ask = true, library }: OpenFlags) => {
    onExitCode(await openAsked(ask === true ? [] : [`--ask=${ask}`], { library }));
  });
}

/** A window that is open takes it; else one is opened. */
async function openAsked(args: string[], flags: OpenFlags): Promise<number> {
  const outside = readOutside(args, process.cwd());
  for (const each of outside) {
    if (each.kind === 'link') readAskLink(each.link);
    // To look at a path on the network already tells that computer who asks: the window asks the person first.
    if (each.kind === 'file' && !isNetworkPath(each.path) && !existsSync(each.path)) throw notThere(each.path);
  }
  const handed = await handOver(libraryFolderOf(flags), outside);
  if (handed === null) return startApp(outside, flags);
  note(handed.address === null ? 'It is shown in the window that is open.' : `It is shown at ${handed.address}`);
  if (handed.address !== null) openBrowser(handed.address);
  return 0;
}

/** `npm start` chooses between Electron and the browser; an Electron that is open takes the file itself. */
function startApp([first]: Outside[], { library }: OpenFlags): Promise<number> {
  const script = join(appFolder, 'scripts', 'start.mjs');
  const asked = first?.kind === 'file' ? first.path : first?.kind === 'link' ? first.link : '';
  if (!existsSync(script)) throw nothingToStart();
  const args = [script, ...(asked ? [`--ask=${asked}`] : []), ...(library ? [`--library=${library}`] : [])];
  const child = spawn(process.execPath, args, { stdio: 'inherit' });
  return new Promise((resolve, reject) => child.on('exit', (code) => resolve(code ?? 1)).on('error', reject));
}

function notThere(file: string): PlayheadError {
  return new PlayheadError({
    code: 'file-not-found',
    message: 'The file is not there.',
    file,
    hint: 'It may have been moved or renamed, or its drive may be away.',
  });
}

function nothingToStart(): PlayheadError {
  return new PlayheadError({
    code: 'not-found',
    message: 'No window of Playhead is open, and this program cannot open one.',
    hint: 'Start the app, and ask again.',
  });
}
