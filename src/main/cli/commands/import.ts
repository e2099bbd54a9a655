import { runJob } from '../jobs.ts';
import { print, printJson, progressBar } from '../output.ts';
import type { CommandFlags } from '../program.ts';
import { withEngine } from '../withEngine.ts';

/** `playhead import <checkpoint folder> <bundle folder>` */
export async function importCommand(
  checkpointFolder: string,
  bundleFolder: string,
  flags: CommandFlags & { weights?: string },
): Promise<number> {
  return withEngine(flags, {}, async (engine) => {
    const bar = progressBar(flags.json ?? false);
    const job = await runJob(
      engine,
      () =>
        engine.api.importCheckpoint({
          checkpointFolder,
          bundleFolder,
          weights: flags.weights as 'fp32' | 'fp16' | 'int8' | 'int4' | undefined,
        }),
      (changed) => bar.update(changed.progress, changed.stage),
    ).finally(bar.stop);
    if (flags.json) printJson({ bundleFolder: job.result?.bundleFolder });
    else print(`Imported into ${job.result?.bundleFolder}. Use it with --model, or choose it in the app.`);
    return 0;
  });
}
