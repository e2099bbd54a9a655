/** The calls about folders that are kept. */
import type { CallName, CallResults, ParsedInput, RootResults } from '../../../contract/index.ts';
import type { LibraryApi, StoredJob } from '../../ports/libraryApi.ts';
import { scanJob } from '../jobs/scanJob.ts';
import type { MediaStates } from '../mediaStates.ts';
import type { JobQueue } from '../queue/jobQueue.ts';
import { filesAt } from '../scan/noteMissing.ts';
import type { Roots } from './roots.ts';

export interface RootCallNeeds {
  roots: Roots;
  states: Pick<MediaStates, 'announce'>;
  library: Pick<LibraryApi, 'listFilesAt'>;
  queue: Pick<JobQueue, 'listOpen' | 'cancelAll'>;
}

type RootCalls = { [N in keyof RootResults & CallName]: (input: ParsedInput<N>) => Promise<CallResults[N]> };

export function rootCalls(needs: RootCallNeeds): RootCalls {
  const { roots, states } = needs;
  return {
    listRoots: () => roots.list(),
    changeRoot: ({ rootId, ignore }) => roots.change(rootId, ignore),
    removeRoot: async ({ rootId, withFiles }) => {
      if (withFiles) await withdrawJobs(needs, rootId);
      const gone = await roots.remove(rootId, withFiles);
      if (gone.length > 0) states.announce();
      return { files: gone.length };
    },
    rescan: async ({ rootId }) => ({ jobIds: await roots.rescan(rootId) }),
  };
}

/** What a folder's files wait for: they leave the library with it, and no scan or index brings them back. */
async function withdrawJobs({ roots, library, queue }: RootCallNeeds, rootId: string): Promise<void> {
  const root = (await roots.list()).find(({ id }) => id === rootId);
  if (root === undefined) return;
  const files = new Set<string>();
  for await (const { id } of filesAt({ library }, root.path)) files.add(id);
  const concerns = (job: StoredJob) =>
    (job.mediaId !== null && files.has(job.mediaId)) || scanJob.read(job)?.paths.includes(root.path);
  const jobIds = (await queue.listOpen()).filter(concerns).map(({ id }) => id);
  if (jobIds.length > 0) await queue.cancelAll({ jobIds });
}
