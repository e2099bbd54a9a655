import { matchNames, type SearchHit } from '../../../contract/index.ts';
import { formatRange, formatTime, note, print, printJson } from '../output.ts';
import type { CommandFlags } from '../program.ts';
import { withEngine } from '../withEngine.ts';

/** `playhead search "<words>"`: exit code 0 also when nothing was found: that is an answer. */
export async function searchCommand(words: string, flags: CommandFlags & { limit: string }): Promise<number> {
  return withEngine(flags, { runJobs: false }, async (engine) => {
    const result = await engine.api.search({ text: words, limit: Number(flags.limit) });
    if (flags.json) printJson(result);
    else {
      for (const hit of result.hits) printHit(hit);
      if (result.hits.length === 0) print('Nothing found.');
      for (const notice of result.notices) note(notice);
    }
    return 0;
  });
}

export function printHit(hit: SearchHit): void {
  print(`${hit.fileName}  ${formatTime(hit.atSec)}  (${formatRange(hit)})`);
  for (const { text, kind, source, atSec } of hit.reasons) {
    const what = atSec === null ? matchNames[kind] : `${matchNames[kind]} at ${formatTime(atSec)}`;
    print(`    ${text}  (${matchNames[kind] === source ? what : `${what}, ${source}`})`);
  }
}
