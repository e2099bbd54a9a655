import { Option } from 'commander';
import { PlayheadError } from '../../../../contract/index.ts';
import { type Backup, goodBackups, restoreLibrary, soundLibrary, startEmptyLibrary } from '../../../engine/restore.ts';
import { libraryFolderOf } from '../../shared/localEngine.ts';
import type { CommandFlags } from '../commandFlags.ts';
import { jsonOption, libraryOption } from '../options.ts';
import { print, printJson } from '../output.ts';
import type { TerminalCommand } from '../terminalCommand.ts';

interface RestoreFlags extends CommandFlags {
  list?: boolean;
  from?: string;
  empty?: boolean;
  yes?: boolean;
}

export const restoreCommand: TerminalCommand = {
  signature: 'restore',
  description: 'put the newest good copy of the library back, or another one',
  options: [
    new Option('--list', 'name the copies that can be read, and change nothing'),
    new Option('--from <file>', 'this copy, in place of the newest good one'),
    new Option('--empty', 'begin with an empty library beside what is left'),
    new Option('--yes', 'with --empty: also where the library that is there can be opened'),
    jsonOption,
    libraryOption,
  ],
  run: restore,
};

async function restore(flags: RestoreFlags): Promise<number> {
  const folder = libraryFolderOf(flags);
  if (flags.list) {
    const backups = goodBackups(folder);
    if (flags.json) printJson({ backups });
    else print(backups.map(inWords).join('\n') || `There is no copy of this library that can be read: ${folder}`);
    return 0;
  }
  if (flags.empty) {
    if (!flags.yes) refuseSoundLibrary(folder);
    const { before } = await startEmptyLibrary(folder);
    if (flags.json) printJson({ empty: true, before });
    else
      print(`A new, empty library was begun in ${folder}. The copies are still in ${folder}/backups.${kept(before)}`);
    return 0;
  }
  const done = await restoreLibrary(folder, flags.from);
  if (flags.json) printJson(done);
  else print(`Put back: ${done.restored}${kept(done.before)}`);
  return 0;
}

/** Whoever has lost nothing is asked first. */
function refuseSoundLibrary(folder: string): void {
  const there = soundLibrary(folder);
  if (there === null) return;
  throw new PlayheadError({
    code: 'invalid-input',
    message: `The library that is there can be opened (${there.files} files, ${there.conversations} conversations), so nothing was changed.`,
    file: folder,
    hint: 'With --yes it is set aside all the same, and kept.',
  });
}

function kept(before: string | null): string {
  return before === null ? '' : `\nThe file that was in its place is kept as ${before}`;
}

function inWords({ date, files, conversations, file }: Backup): string {
  return `${date.slice(0, 16).replace('T', ' ')}  ${files} files, ${conversations} conversations  ${file}`;
}
