/** The log of a library: one entry a line, as JSON, in files that take turns. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createStream } from 'rotating-file-stream';
import { type LogEntry, type LogLevel, logLevels } from '../../contract/index.ts';

/** Full files that are kept beside the one that is written. */
const keptFiles = 4;
/** Of one file. At most 10 MB in all. */
const fileSize = '2M';

export interface LogFile {
  write(entry: LogEntry): void;
  /** Resolves when all that was written is in the file. */
  close(): Promise<void>;
}

/** The folder of a library's log. */
export function logFolder(libraryFolder: string): string {
  return join(libraryFolder, 'logs');
}

/** Opens the log to write: for the one process that works on the library. What cannot be written is lost, and stops nothing. */
export function openLogFile(folder: string): LogFile {
  const stream = createStream((index) => fileName(Number(index ?? 0)), {
    path: folder,
    size: fileSize,
    rotate: keptFiles,
    mode: 0o600,
  });
  stream.on('error', () => {});
  stream.write('\n'); // after a line that a kill cut off
  return {
    write: (entry) => void stream.write(`${JSON.stringify(entry)}\n`),
    close: () => new Promise((resolve) => stream.end(() => resolve())),
  };
}

export interface LogQuery {
  /** At most this many, the latest. */
  limit: number;
  /** This level and those above it. */
  level: LogLevel;
}

/** The latest entries, the oldest of them first; also while another process writes. */
export async function readLog(folder: string, { limit, level }: LogQuery): Promise<LogEntry[]> {
  const wanted = logLevels.slice(logLevels.indexOf(level));
  let entries: LogEntry[] = [];
  for (let index = 0; index <= keptFiles && entries.length < limit; index++) {
    const text = await readFile(join(folder, fileName(index)), 'utf8').catch(() => '');
    const found = text.split('\n').flatMap(readEntry);
    entries = [...found.filter((entry) => wanted.includes(entry.level)), ...entries];
  }
  return entries.slice(-limit);
}

/** A line that a kill cut off is no entry. */
function readEntry(line: string): LogEntry[] {
  try {
    return line === '' ? [] : [JSON.parse(line) as LogEntry];
  } catch {
    return [];
  }
}

function fileName(index: number): string {
  return index === 0 ? 'playhead.log' : `playhead.${index}.log`;
}
