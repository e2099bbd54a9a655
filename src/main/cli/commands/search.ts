import type { MatchKind, SearchHit } from '../../../contract/index.ts';
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

const kindNames: Record<MatchKind, string> = {
  caption: 'caption',
  screenText: 'text on screen',
  thing: 'thing seen',
  subtitle: 'subtitles',
  fileName: 'file name',
  folder: 'folder',
  tag: 'tag',
  meaning: 'meaning',
};

export function printHit(hit: SearchHit): void {
  print(`${hit.fileName}  ${formatTime(hit.atSec)}  (${formatRange(hit)})`);
  for (const { text, kind, source, atSec } of hit.reasons) {
    const what = atSec === null ? kindNames[kind] : `${kindNames[kind]} at ${formatTime(atSec)}`;
    print(`    ${text}  (${kindNames[kind] === source ? what : `${what}, ${source}`})`);
  }
}
