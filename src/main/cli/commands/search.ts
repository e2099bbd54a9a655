import { matchName, PlayheadError, type SearchHit } from '../../../contract/index.ts';
import type { Engine } from '../../core/createEngine.ts';
import type { CommandFlags } from '../commandFlags.ts';
import { formatRange, formatTime, note, print, printJson } from '../output.ts';
import { withEngine } from '../withEngine.ts';

/** `playhead search "<words>"`: exit code 0 also when nothing was found: that is an answer. */
export async function searchCommand(words: string[], flags: CommandFlags & { limit: string }): Promise<number> {
  const text = words.join(' ').trim();
  if (text === '') throw new PlayheadError({ code: 'invalid-input', message: 'Say what to look for.' });
  return withEngine(flags, { runJobs: false }, async (engine) => {
    const result = await engine.api.search({ text, limit: Number(flags.limit) });
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
