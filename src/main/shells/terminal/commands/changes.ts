/** What changed in the library, for programs that follow it. */
import { Option } from 'commander';
import { changesIn } from '../../../engine/libraryTools.ts';
import { libraryFolderOf } from '../../shared/localEngine.ts';
import type { CommandFlags } from '../commandFlags.ts';
import { jsonOption, libraryOption, wholeNumber } from '../options.ts';
import { print, printJson } from '../output.ts';
import type { TerminalCommand } from '../terminalCommand.ts';

interface ChangesFlags extends CommandFlags {
  since: number;
  limit: number;
}

export const changesCommand: TerminalCommand = {
  signature: 'changes',
  description: 'what changed after a number, each thing at its latest',
  options: [
    new Option('--since <number>', 'the number up to which it is known')
      .argParser(wholeNumber(0, 2 ** 53 - 1))
      .default(0),
    new Option('--limit <count>', 'at most this many').argParser(wholeNumber(1, 1_000_000)).default(1000),
    jsonOption,
    libraryOption,
  ],
  run: listChanges,
};

/** Also beside an open Playhead. */
async function listChanges(flags: ChangesFlags): Promise<number> {
  const found = await changesIn(libraryFolderOf(flags), flags.since, flags.limit);
  if (flags.json) printJson(found);
  else for (const { sequence, kind, id } of found.changes) print(`${sequence}\t${kind}\t${id}`);
  return 0;
}
