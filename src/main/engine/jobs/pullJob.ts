/** The `pull` job: a model's files come from a Hub or another folder; then its import is queued. */
import { join } from 'node:path';
import * as z from 'zod';
import { weightChoiceSchema } from '../../../contract/index.ts';
import { estimatedBytes } from '../../downloading/estimatedBytes.ts';
import { folderSource } from '../../downloading/folderSource.ts';
import { hubSource } from '../../downloading/hubSource.ts';
import { pullModel } from '../../downloading/pullModel.ts';
import { type PullProgress, pullInWords } from '../../downloading/pullProgress.ts';
import { freeName } from '../../library/libraryFiles.ts';
import { ignore } from '../../log/log.ts';
import type { NetworkDoor } from '../../network/networkDoor.ts';
import type { EngineFolders } from '../folders.ts';
import type { HubSettings } from '../hubSettings.ts';
import { planImport } from '../planImport.ts';
import { defineJob } from '../queue/defineJob.ts';
import type { JobAttempt } from '../queue/jobAttempt.ts';
import type { JobQueue } from '../queue/jobQueue.ts';
import { importJob } from './importJob.ts';

export interface PullJobNeeds {
  hub: Pick<HubSettings, 'access'>;
  folders: Pick<EngineFolders, 'models' | 'downloads'>;
  door: Pick<NetworkDoor, 'fetchFor'>;
  queue(): Pick<JobQueue, 'enqueue'>;
}

const payload = z.object({
  name: z.string(),
  repository: z.string(),
  /** From the first listing on the commit that was found: an update is a pull of its own. */
  revision: z.string().nullable(),
  files: z.array(z.string()).optional(),
  /** What the catalogue knows beforehand: a listing that says otherwise is refused. */
  known: z.array(z.object({ path: z.string(), sha256: z.string() })).optional(),
  /** A folder that was fetched elsewhere, in place of the Hub. */
  from: z.string().optional(),
  /** Null where it is only to be fetched. */
  weights: weightChoiceSchema.nullable(),
  licence: z.string().optional(),
  removeCheckpoint: z.boolean(),
});
export type PullPayload = z.infer<typeof payload>;

export const pullJob = defineJob({
  kind: 'pull',
  lane: 'fetching',
  priority: 30,
  afterKill: 'requeue',
  // What came is kept, and a person says when there is room for the rest.
  failsOnFullDisk: true,
  payload,
  result: z.object({ folder: z.string(), commit: z.string(), importJobId: z.string().optional() }),
  title: ({ name }) => name,
  run: pull,
});

async function pull(needs: PullJobNeeds, { payload, signal, progress, checkpoint }: JobAttempt<PullPayload>) {
  const access = await needs.hub.access();
  const { folder, commit } = await pullModel(
    payload,
    {
      source:
        payload.from === undefined
          ? hubSource({ ...access, fetch: needs.door.fetchFor(`Files of ${payload.name}`) })
          : folderSource(payload.from),
      endpoint: payload.from ?? access.endpoint,
      downloads: needs.folders.downloads,
      bytesPerSecond: access.bytesPerSecond,
      importBytes: (listing) => (payload.weights === null ? 0 : estimatedBytes(listing, payload.weights)),
    },
    {
      signal,
      onProgress: (done: PullProgress) =>
        void progress(...pullInWords(done)).catch(ignore('how far a model is fetched was not kept')),
      onCommit: (found) => checkpoint({ ...payload, revision: found }),
    },
  );
  const importJobId = await queueImport(needs, payload, { folder, commit });
  return importJobId === null ? { folder, commit } : { folder, commit, importJobId };
}

async function queueImport(
  { folders, queue }: PullJobNeeds,
  { name, repository, weights, licence, removeCheckpoint }: PullPayload,
  { folder, commit }: { folder: string; commit: string },
): Promise<string | null> {
  if (weights === null) return null;
  const bundleFolder = freeName(join(folders.models, name));
  const plan = await planImport(folders, { checkpointFolder: folder, bundleFolder, weights });
  const about = { name, source: `${repository}@${commit}`, ...(licence === undefined ? {} : { licence }) };
  return (await queue().enqueue(importJob.create({ ...plan, about, removeCheckpoint }))).id;
}
