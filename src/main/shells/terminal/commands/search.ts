import { Option } from 'commander';
import { matchName, PlayheadError, type SearchHit } from '../../../../contract/index.ts';
import type { Engine } from '../../../engine/createEngine.ts';
import type { CommandFlags } from '../commandFlags.ts';
import { engineOptions, wholeNumber } from '../options.ts';
import { formatRange, formatTime, note, print, printJson } from '../output.ts';
import type { TerminalCommand } from '../terminalCommand.ts';
import { withEngine } from '../withEngine.ts';

const MOST_HITS = 200;

export const searchCommand: TerminalCommand = {
  signature: 'search <words...>',
  description: 'find moments',
  options: [
    ...engineOptions,
    new Option('--limit <count>', `at most this many, up to ${MOST_HITS}`)
      .argParser(wholeNumber(1, MOST_HITS))
      .default(20),
  ],
  run: search,
};

/** Exit code 0 also when nothing was found: that is an answer. */
async function search(words: string[], flags: CommandFlags & { limit: number }): Promise<number> {
  const text = words.join(' ').trim();
  if (text === '') throw new PlayheadError({ code: 'invalid-input', message: 'Say what to look for.' });
  return withEngine(flags, { runJobs: false }, async (engine) => {
    const result = await engine.api.search({ text, limit: flags.limit });
    if (flags.json) printJson(result);
    else {
      for (const hit of result.hits) printHit(hit);
      if (result.hits.length === 0) print('Nothing found.');
      if (result.hits.length === 0 && (await isEmpty(engine)))
        note(`This library is empty: \`playhead index <folder>\` fills it.`);
      for (const notice of result.notices) note(notice);
    }
    return 0;
  });
}

async function isEmpty(engine: Engine): Promise<boolean> {
  return (await engine.api.listMedia({ limit: 1 })).items.length === 0;
}

export function printHit(hit: SearchHit): void {
  print(`${hit.fileName}  ${formatTime(hit.atSec)}  (${formatRange(hit)})`);
  for (const { text, kind, source, atSec } of hit.reasons) {
    const what = atSec === null ? matchName(kind) : `${matchName(kind)} at ${formatTime(atSec)}`;
    print(`    ${text}  (${matchName(kind) === source ? what : `${what}, ${source}`})`);
  }
}
