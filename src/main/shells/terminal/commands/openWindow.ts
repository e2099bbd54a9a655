/** `playhead --ask <file>`, and `playhead -- <file>`: the file in a window, with the cursor in the question. */
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
import { asArguments, type Outside, readOutside } from '../../shared/readOutside.ts';
import { libraryOption } from '../options.ts';
import { note } from '../output.ts';

interface OpenFlags {
  /** True: the window alone. */
  ask?: string | true;
  library?: string;
}

/**
 * Of the program itself, which has commands beside it.
 * @returns true where this is what was asked for: everything else is a file's name then, and none is a command's
 */
export function addOpening(program: Command, onExitCode: (code: number) => void): boolean {
  program
    .addOption(
      new Option('--ask [file]', 'show a file in the app, with the cursor in the question; without one, the app'),
    )
    .addOption(libraryOption);
  const asksToOpen = isOpening(process.argv.slice(2));
  if (!asksToOpen) return false;
  program.argument('[files...]').action(async (files: string[], { ask = true, library }: OpenFlags) => {
    const asked = ask === true ? [] : [`--ask=${ask}`];
    onExitCode(await openAsked([...asked, '--', ...files], { library }));
  });
  return true;
}

/** What comes before a command: "--ask", or "--" as the system's menus write it before a file or a link. */
function isOpening(args: readonly string[]): boolean {
  const [first = '', , ...rest] = args;
  if (first === '--library') return isOpening(rest);
  if (first.startsWith('--library=')) return isOpening(args.slice(1));
  return /^--(ask(=.*)?)?$/s.test(first);
}

/** A window that is open takes it; else one is opened. */
async function openAsked(args: string[], flags: OpenFlags): Promise<number> {
  const outside = readOutside(args, process.cwd());
  for (const each of outside) {
    if (each.kind === 'link') readAskLink(each.link);
    else lookFor(each.kind === 'file' ? [each.path] : each.paths);
  }
  const handed = await handOver(libraryFolderOf(flags), outside);
  if (handed === null) return startApp(outside, flags);
  note(handed.address === null ? 'It is shown in the window that is open.' : `It is shown at ${handed.address}`);
  if (handed.address !== null) openBrowser(handed.address);
  return 0;
}

/** To look at a path on the network already tells that computer who asks: the window asks the person first. */
function lookFor(paths: readonly string[]): void {
  const missing = paths.find((path) => !isNetworkPath(path) && !existsSync(path));
  if (missing !== undefined) throw notThere(missing);
}

/** `npm start` chooses between Electron and the browser; an Electron that is open takes the file itself. */
function startApp(outside: Outside[], { library }: OpenFlags): Promise<number> {
  const script = join(appFolder, 'scripts', 'start.mjs');
  if (!existsSync(script)) throw nothingToStart();
  const args = [script, ...(library ? [`--library=${library}`] : []), ...asArguments(outside)];
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
