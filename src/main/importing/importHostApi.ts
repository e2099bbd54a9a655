import type { ProgressListener } from './progress.ts';
import type { WeightChoice } from './weightPlan.ts';

/** What the importer's process does for whoever started it. */
export interface ImportHostApi {
  /** @throws as `importCheckpoint` */
  importCheckpoint(
    input: {
      checkpointFolder: string;
      bundleFolder: string;
      weights?: WeightChoice;
      name?: string;
      source?: string;
      licence?: string;
    },
    options: { signal?: AbortSignal; onProgress?: ProgressListener },
  ): Promise<void>;
  /** Resolves when nothing is being imported: after a cancelled import, when what it had written is removed. */
  idle(): Promise<void>;
}
