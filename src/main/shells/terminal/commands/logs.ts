import { Option } from 'commander';
import { formatLogEntry, type LogLevel, logLevels } from '../../../../contract/index.ts';
import { logFolder, readLog } from '../../../log/logFile.ts';
import { libraryFolderOf } from '../../shared/localEngine.ts';
import type { CommandFlags } from '../commandFlags.ts';
import { wholeNumber } from '../options.ts';
import { note, print, printJson } from '../output.ts';
import type { TerminalCommand } from '../terminalCommand.ts';

interface LogsFlags extends CommandFlags {
  limit: number;
  level: LogLevel;
}

export const logsCommand: TerminalCommand = {
  signature: 'logs',
  description: 'what went wrong behind the scenes, and when work began and ended',
  options: [
    new Option('--limit <count>', 'at most this many entries, the latest')
      .argParser(wholeNumber(1, 100_000))
      .default(200),
    new Option('--level <name>', 'this and what is graver').choices(logLevels).default('info'),
    new Option('--json', 'print the entries as JSON on stdout'),
    new Option('--library <folder>', 'the library whose log it is'),
  ],
  run: logs,
};

/** The latest of what Playhead noted; also beside an open Playhead. */
async function logs(flags: LogsFlags): Promise<number> {
  const folder = logFolder(libraryFolderOf(flags));
  const entries = await readLog(folder, { limit: flags.limit, level: flags.level });
  if (flags.json) {
    printJson({ folder, entries });
    return 0;
  }
  for (const entry of entries) print(formatLogEntry(entry));
  note(entries.length === 0 ? `Nothing of this kind is noted in ${folder}` : `From ${folder}`);
  return 0;
}
