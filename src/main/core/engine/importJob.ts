/** The `import` job: a published checkpoint folder -> a bundle that Playhead can answer with. */
import { resolve } from 'node:path';
import { importCheckpoint } from '../../importer/importCheckpoint.ts';
import type { ImportProgress } from '../../importer/progress.ts';
import type { WeightChoice } from '../../importer/weightPlan.ts';
import type { JobRunner } from '../jobs/jobRunner.ts';

export interface ImportPayload {
  checkpointFolder: string;
  bundleFolder: string;
  weights?: WeightChoice;
}

export function importRunner(): JobRunner {
  return async (job, context) => {
    const payload = job.payload as ImportPayload;
    const bundleFolder = resolve(payload.bundleFolder);
    await importCheckpoint({
      checkpointFolder: resolve(payload.checkpointFolder),
      bundleFolder,
      weights: payload.weights,
      signal: context.signal,
      onProgress: (progress) => void context.progress(...inWords(progress)).catch(() => {}),
    });
    return { bundleFolder };
  };
}

/** "1.2 of 16.5 GB, 340 s left" */
function inWords({ bytesDone, bytesTotal, secondsLeft }: ImportProgress): [number, string] {
  const gigabytes = (bytes: number) => (bytes / 1e9).toFixed(2);
  const left = secondsLeft === null ? '' : `, ${Math.ceil(secondsLeft)} s left`;
  return [bytesDone / Math.max(1, bytesTotal), `${gigabytes(bytesDone)} of ${gigabytes(bytesTotal)} GB${left}`];
}
