/**
 * An import in this very process, for the terminal: it needs no queue and no lock, so that it works beside an open app,
 * whose list shows the new model as well.
 */
import { resolve } from 'node:path';
import { toErrorInfo, type WeightChoiceInput } from '../../../contract/index.ts';
import { importInWords } from '../../engine/jobs/importJob.ts';
import { importCheckpoint } from '../../importing/importCheckpoint.ts';
import { type EngineFlags, openLocalEngine } from './localEngine.ts';

export interface ImportModelInput {
  checkpointFolder: string;
  bundleFolder: string;
  weights: WeightChoiceInput;
  /** `fraction` from 0 to 1, and in words. */
  onProgress(fraction: number, text: string): void;
  signal: AbortSignal;
}

export interface ImportedModel {
  bundleFolder: string;
  /** Why the library does not list it, in words; null when it does. */
  notListed: string | null;
}

/** @throws PlayheadError as `importCheckpoint` */
export async function importModel(flags: EngineFlags, input: ImportModelInput): Promise<ImportedModel> {
  const bundleFolder = resolve(input.bundleFolder);
  await importCheckpoint({
    checkpointFolder: resolve(input.checkpointFolder),
    bundleFolder,
    weights: input.weights,
    signal: input.signal,
    onProgress: (progress) => input.onProgress(...importInWords(progress)),
  });
  try {
    const engine = await openLocalEngine(flags, { runJobs: false });
    await engine.api.addModel({ folder: bundleFolder }).finally(() => engine.close());
    return { bundleFolder, notListed: null };
  } catch (thrown) {
    return { bundleFolder, notListed: toErrorInfo(thrown).message };
  }
}
