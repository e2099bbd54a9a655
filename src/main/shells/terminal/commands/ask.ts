import { Option } from 'commander';
import { aboutSeconds, countScenes, describeLook, type JobResult } from '../../../../contract/index.ts';
import { askAndPrint } from '../askAndPrint.ts';
import type { CommandFlags } from '../commandFlags.ts';
import { clipOptions, engineOptions } from '../options.ts';
import { adviseFullModel, noAnswerCode } from '../outOfDomain.ts';
import { formatProvenance, note, printJson } from '../output.ts';
import type { TerminalCommand } from '../terminalCommand.ts';
import { withEngine } from '../withEngine.ts';

export interface ClipFlags extends CommandFlags {
  /** Seconds. */
  start?: number;
  end?: number;
  details?: boolean;
}

interface AskFlags extends ClipFlags {
  modality: 'auto' | 'video' | 'audio' | 'av';
  whole?: boolean;
  likeliest?: boolean;
}

export const askCommand: TerminalCommand = {
  signature: 'ask <file> <question...>',
  description: 'ask about a file or a clip of it',
  options: [
    ...engineOptions,
    ...clipOptions,
    new Option('--modality <senses>', 'what to use').choices(['auto', 'video', 'audio', 'av']).default('auto'),
    new Option('--whole', 'look at every scene, however long it takes'),
    new Option('--likeliest', 'look at the likeliest scenes where all would take long'),
  ],
  run: ask,
};

/** The answer streams to stdout. */
async function ask(file: string, words: string[], flags: AskFlags): Promise<number> {
  return withEngine(flags, {}, async (engine) => {
    const input = {
      source: { path: file },
      question: words.join(' '),
      modality: flags.modality,
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
export function explainAnswer(result: JobResult, flags: ClipFlags): void {
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
export function clipFrom({ start, end }: ClipFlags): { startSec?: number; endSec?: number } | undefined {
  return start === undefined && end === undefined ? undefined : { startSec: start, endSec: end };
}
