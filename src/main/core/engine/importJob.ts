/** The `import` job: a published checkpoint folder -> a bundle that Playhead can answer with. */
import { resolve } from 'node:path';
import { importCheckpoint } from '../../importer/importCheckpoint.ts';
import type { JobRunner } from '../jobs/jobRunner.ts';

export interface ImportPayload {
  checkpointFolder: string;
  bundleFolder: string;
  weights?: string;
}

export function importRunner(): JobRunner {
  return async (job, context) => {
    const payload = job.payload as ImportPayload;
    const bundleFolder = resolve(payload.bundleFolder);
    await importCheckpoint({
      checkpointFolder: resolve(payload.checkpointFolder),
      bundleFolder,
      signal: context.signal,
      onProgress: ({ fraction, stage }) => void context.progress(fraction, stage).catch(() => {}),
    });
    return { bundleFolder };
  };
}
