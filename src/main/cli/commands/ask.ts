import { type JobResult, PlayheadError } from '../../../contract/index.ts';
import type { Engine } from '../../core/createEngine.ts';
import { runJob } from '../jobs.ts';
import { adviseFullModel, outOfDomainCode } from '../outOfDomain.ts';
import { formatProvenance, note, printJson } from '../output.ts';
import type { CommandFlags } from '../program.ts';
import { withEngine } from '../withEngine.ts';

export interface ClipFlags extends CommandFlags {
  start?: string;
  end?: string;
}

/** `playhead ask <file> "<question>"`: the answer streams to stdout. */
export async function askCommand(
  file: string,
  question: string,
  flags: ClipFlags & { modality: string },
): Promise<number> {
  return withEngine(flags, {}, async (engine) => {
    const stopPrinting = flags.json ? () => {} : printDeltas(engine);
    const segment = clipFrom(flags);
    const job = await runJob(engine, () =>
      engine.api.ask({
        source: { path: file },
        question,
        modality: flags.modality as 'auto' | 'video' | 'audio' | 'av',
        segment,
      }),
    ).finally(stopPrinting);
    const result = job.result ?? {};
    if (flags.json) printJson(answerJson(result));
    else if (result.provenance) note(`\n${formatProvenance(result.provenance)}`);
    if (!flags.json) adviseFullModel(result);
    return 0;
  });
}

/** What --json prints of an answer or a caption. */
export function answerJson(result: JobResult): object {
  return { text: result.text, ...outOfDomainCode(result), provenance: result.provenance };
}

/** Writes every piece of an answer as it comes. */
export function printDeltas(engine: Engine): () => void {
  return engine.onEvent((event) => {
    if (event.type === 'answerDelta') process.stdout.write(event.text);
  });
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
