/** Plain files of one JSON value a line. */
import { closeSync, createReadStream, openSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { PlayheadError } from '../../../contract/index.ts';

/** Values that are written at once. */
const AT_ONCE = 500;

/** Gives how many there were. */
export function writeLines(file: string, values: Iterable<unknown>): number {
  const handle = openSync(file, 'w');
  let count = 0;
  let lines: string[] = [];
  const flush = () => {
    writeSync(handle, lines.join(''));
    lines = [];
  };
  try {
    for (const value of values) {
      count++;
      if (lines.push(`${JSON.stringify(value)}\n`) === AT_ONCE) flush();
    }
    flush();
    return count;
  } finally {
    closeSync(handle);
  }
}

/** @throws PlayheadError `file-damaged`, which names the line */
export async function* readLines(file: string): AsyncGenerator<Record<string, unknown>> {
  let line = 0;
  for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })) {
    line++;
    if (text === '') continue;
    try {
      yield JSON.parse(text) as Record<string, unknown>;
    } catch (cause) {
      throw new PlayheadError(
        {
          code: 'file-damaged',
          message: `Line ${line} of an exported library cannot be read.`,
          file,
          hint: 'Export it again.',
        },
        { cause },
      );
    }
  }
}
