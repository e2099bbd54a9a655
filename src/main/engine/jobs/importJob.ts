/** The `import` job: a published checkpoint folder -> a bundle that Playhead can answer with. */
import { rm } from 'node:fs/promises';
import { basename, resolve, sep } from 'node:path';
import * as z from 'zod';
import {
  aboutSeconds,
  type EngineEvent,
  formatBytes,
  toErrorInfo,
  weightChoiceSchema,
} from '../../../contract/index.ts';
import type { ImportProgress } from '../../importing/progress.ts';
import { ignore } from '../../log/log.ts';
import type { EngineFolders } from '../folders.ts';
import type { Hosts } from '../hosts.ts';
import type { ModelChoice } from '../modelChoice.ts';
import { defineJob } from '../queue/defineJob.ts';
import type { JobAttempt } from '../queue/jobAttempt.ts';
import type { SearchChoice } from '../searchChoice.ts';

export interface ImportNeeds {
  hosts: Pick<Hosts, 'importCheckpoint'>;
  models: Pick<ModelChoice, 'register'>;
  encoders: Pick<SearchChoice, 'register'>;
  folders: Pick<EngineFolders, 'downloads'>;
  emit(event: EngineEvent): void;
}

const payload = z.object({
  checkpointFolder: z.string(),
  bundleFolder: z.string(),
  weights: weightChoiceSchema.optional(),
  about: z.object({ name: z.string(), source: z.string(), licence: z.string().optional() }).optional(),
  /** Afterwards; only what Playhead fetched itself is ever removed. */
  removeCheckpoint: z.boolean().optional(),
});
export type ImportPayload = z.infer<typeof payload>;

export const importJob = defineJob({
  kind: 'import',
  lane: 'background',
  priority: 30,
  afterKill: 'fail',
  // It would read and write many gigabytes again at every try.
  failsOnFullDisk: true,
  payload,
  result: z.object({ bundleFolder: z.string() }),
  title: ({ checkpointFolder }) => basename(checkpointFolder),
  run: importBundle,
});

async function importBundle(needs: ImportNeeds, { payload, signal, progress }: JobAttempt<ImportPayload>) {
  const bundleFolder = resolve(payload.bundleFolder);
  const { about, weights } = payload;
  const checkpointFolder = resolve(payload.checkpointFolder);
  const input = { ...about, weights, checkpointFolder, bundleFolder };
  const onProgress = (done: ImportProgress) =>
    void progress(...importInWords(done)).catch(ignore('an import’s progress was not kept'));
  await needs.hosts.importCheckpoint(input, { signal, onProgress });
  await registerBundle(needs, bundleFolder);
  if (payload.removeCheckpoint && checkpointFolder.startsWith(needs.folders.downloads + sep))
    await rm(checkpointFolder, { recursive: true, force: true });
  return { bundleFolder };
}

/** A dual encoder serves search, and is no model to answer with. */
async function registerBundle({ models, encoders, emit }: ImportNeeds, bundleFolder: string): Promise<void> {
  await models.register(bundleFolder).catch(async (thrown: unknown) => {
    if (toErrorInfo(thrown).code !== 'model-invalid') throw thrown;
    await encoders.register(bundleFolder);
  });
  emit({ type: 'statusChanged' });
}

/** "1.2 GB of 16.5 GB, about 6 min left" */
export function importInWords({ bytesDone, bytesTotal, secondsLeft }: ImportProgress): [number, string] {
  const left = secondsLeft === null ? '' : `, about ${aboutSeconds(secondsLeft)} left`;
  return [bytesDone / Math.max(1, bytesTotal), `${formatBytes(bytesDone)} of ${formatBytes(bytesTotal)}${left}`];
}
