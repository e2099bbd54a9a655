import type { WeightChoiceInput } from '../../../contract/index.ts';
import { runJob } from '../jobs.ts';
import { print, printJson, progressBar } from '../output.ts';
import type { CommandFlags } from '../program.ts';
import { withEngine } from '../withEngine.ts';

interface ImportFlags {
  weights?: string;
  part?: string[];
  blockSize?: string;
  kvCache?: string;
}

/** `playhead import <checkpoint folder> <bundle folder>` */
export async function importCommand(
  checkpointFolder: string,
  bundleFolder: string,
  flags: CommandFlags & ImportFlags,
): Promise<number> {
  return withEngine(flags, {}, async (engine) => {
    const bar = progressBar(flags.json ?? false);
    const job = await runJob(
      engine,
      () =>
        engine.api.importCheckpoint({
          checkpointFolder,
          bundleFolder,
          weights: weightChoice(flags),
        }),
      (changed) => bar.update(changed.progress, changed.stage),
    ).finally(bar.stop);
    if (flags.json) printJson({ bundleFolder: job.result?.bundleFolder });
    else print(`Imported into ${job.result?.bundleFolder}. Use it with --model, or choose it in the app.`);
    return 0;
  });
}

/** The engine checks what the words mean. */
function weightChoice({ weights, part = [], blockSize, kvCache }: ImportFlags): WeightChoiceInput {
  const parts = Object.fromEntries(part.map((each) => each.split('=')));
  return {
    format: weights,
    parts,
    blockSize: blockSize === undefined ? undefined : Number(blockSize),
    kvCache,
  } as WeightChoiceInput;
}
