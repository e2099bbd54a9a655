import { aboutSeconds, countScenes, describeLook, type JobResult, PlayheadError } from '../../../contract/index.ts';
import { askAndPrint } from '../askAndPrint.ts';
import type { CommandFlags } from '../commandFlags.ts';
import { adviseFullModel, noAnswerCode } from '../outOfDomain.ts';
import { formatProvenance, note, printJson } from '../output.ts';
import { withEngine } from '../withEngine.ts';

export interface ClipFlags extends CommandFlags {
  start?: string;
  end?: string;
}

/** `playhead ask <file> "<question>"`: the answer streams to stdout. */
export async function askCommand(
  file: string,
  words: string[],
  flags: ClipFlags & { modality: string; details?: boolean; whole?: boolean; likeliest?: boolean },
): Promise<number> {
  return withEngine(flags, {}, async (engine) => {
    const input = {
      source: { path: file },
      question: words.join(' '),
      modality: flags.modality as 'auto' | 'video' | 'audio' | 'av',
      segment: clipFrom(flags),
      scope: flags.whole ? 'all' : flags.likeliest ? 'likeliest' : 'short',
    } as const;
    const job = await askAndPrint(engine, input, flags.json);
    const result = job.result ?? {};
    if (flags.json) printJson(answerJson(result));
    else explainAnswer(result, flags);
    return 0;
  });
}

/** What --json prints of an answer or a caption; `parts` are its statements, each with its times in seconds. */
export function answerJson(result: JobResult): object {
  const { evidence } = result.provenance ?? {};
  const parts = evidence ? { parts: evidence.parts } : {};
  return { text: result.text, ...noAnswerCode(result), ...parts, provenance: result.provenance };
}

/** On stderr: what was looked at, in a line; the figures behind it on request; and how to go on. */
export function explainAnswer(result: JobResult, flags: { details?: boolean }): void {
  const { provenance } = result;
  if (provenance) {
    note(`\n${describeLook(provenance)}`);
    if (flags.details) note(formatProvenance(provenance));
    if (provenance.offer) note(adviseScope(provenance.offer));
  }
  adviseFullModel(result);
}

function adviseScope({ likeliest, unit }: NonNullable<NonNullable<JobResult['provenance']>['offer']>): string {
  const some = `${countScenes(likeliest.count, unit)} in about ${aboutSeconds(likeliest.seconds)}`;
  return `Ask again with --whole to look at all of it, or with --likeliest to look at the likeliest ${some}.`;
}

/** The clip that --start and --end name; the missing one is the file's own start or end. */
export function clipFrom(flags: ClipFlags): { startSec?: number; endSec?: number } | undefined {
  if (flags.start === undefined && flags.end === undefined) return undefined;
  return {
    startSec: flags.start === undefined ? undefined : secondsOf('--start', flags.start),
    endSec: flags.end === undefined ? undefined : secondsOf('--end', flags.end),
  };
}

function secondsOf(flag: string, text: string): number {
  const seconds = Number(text);
  if (text.trim() !== '' && Number.isFinite(seconds) && seconds >= 0) return seconds;
  throw new PlayheadError({
    code: 'invalid-input',
    message: `${flag} takes seconds, such as 12.5; it was given "${text}".`,
  });
}
