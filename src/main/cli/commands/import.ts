import type { WeightChoiceInput } from '../../../contract/index.ts';
import { importModel } from '../../core/importModel.ts';
import type { CommandFlags } from '../commandFlags.ts';
import { note, print, printJson, progressBar } from '../output.ts';

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
  const bar = progressBar(flags.json ?? false);
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const { bundleFolder: folder, notListed } = await importModel(flags, {
    checkpointFolder,
    bundleFolder,
    weights: weightChoice(flags),
    onProgress: bar.update,
    signal: stopping.signal,
  }).finally(() => {
    bar.stop();
    process.off('SIGINT', stop).off('SIGTERM', stop);
  });
  if (flags.json) printJson({ bundleFolder: folder, ...(notListed === null ? {} : { notListed }) });
  else print(`Imported into ${folder}. Use it with --model, or choose it in the app.`);
  if (notListed !== null) note(`The library does not list it: ${notListed} In the app, Models adds it by its folder.`);
  return 0;
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
