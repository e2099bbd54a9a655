import { formatLogEntry, type LogLevel } from '../../../contract/index.ts';
import { libraryFolderOf } from '../../core/localEngine.ts';
import { logFolder, readLog } from '../../core/log.ts';
import type { CommandFlags } from '../commandFlags.ts';
import { note, print, printJson } from '../output.ts';

export interface LogsFlags extends CommandFlags {
  limit: string;
  level: LogLevel;
}

/** `playhead logs`: the latest of what Playhead noted; also beside an open Playhead. */
export async function logsCommand(flags: LogsFlags): Promise<number> {
  const folder = logFolder(libraryFolderOf(flags));
  const entries = await readLog(folder, { limit: Number(flags.limit), level: flags.level });
  if (flags.json) {
    printJson({ folder, entries });
    return 0;
  }
  for (const entry of entries) print(formatLogEntry(entry));
  note(entries.length === 0 ? `Nothing of this kind is noted in ${folder}` : `From ${folder}`);
  return 0;
}
