/** The `import` job: a published checkpoint folder -> a bundle that Playhead can answer with. */
import { resolve } from 'node:path';
import { toErrorInfo } from '../../../contract/index.ts';
import { importCheckpoint } from '../../importer/importCheckpoint.ts';
import type { ImportProgress } from '../../importer/progress.ts';
import type { WeightChoice } from '../../importer/weightPlan.ts';
import type { JobRunner } from '../jobs/jobRunner.ts';
import type { EngineContext } from './engineContext.ts';

export interface ImportPayload {
  checkpointFolder: string;
  bundleFolder: string;
  weights?: WeightChoice;
}

export function importRunner(engine: EngineContext): JobRunner {
  return async (job, context) => {
    const payload = job.payload as ImportPayload;
    const bundleFolder = resolve(payload.bundleFolder);
    await importCheckpoint({
      checkpointFolder: resolve(payload.checkpointFolder),
      bundleFolder,
      weights: payload.weights,
      signal: context.signal,
      onProgress: (progress) => void context.progress(...importInWords(progress)).catch(() => {}),
    });
    await registerBundle(engine, bundleFolder);
    return { bundleFolder };
  };
}

/** A dual encoder serves search, and is no model to answer with. */
async function registerBundle(engine: EngineContext, bundleFolder: string): Promise<void> {
  await engine.models.register(bundleFolder).catch((thrown: unknown) => {
    if (toErrorInfo(thrown).code !== 'model-invalid') throw thrown;
  });
  engine.emit({ type: 'statusChanged' });
}

/** "1.2 of 16.5 GB, 340 s left" */
export function importInWords({ bytesDone, bytesTotal, secondsLeft }: ImportProgress): [number, string] {
  const gigabytes = (bytes: number) => (bytes / 1e9).toFixed(2);
  const left = secondsLeft === null ? '' : `, ${Math.ceil(secondsLeft)} s left`;
  return [bytesDone / Math.max(1, bytesTotal), `${gigabytes(bytesDone)} of ${gigabytes(bytesTotal)} GB${left}`];
}
