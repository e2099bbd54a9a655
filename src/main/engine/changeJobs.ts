/** The `changeJobs` call: many jobs at once. */
import type { CallResults, EngineEvent, JobSet, ParsedInput } from '../../contract/index.ts';
import type { LibraryApi } from '../ports/libraryApi.ts';
import type { JobQueue } from './queue/jobQueue.ts';

export interface ChangeNeeds {
  queue: JobQueue;
  library: Pick<LibraryApi, 'dismissJobs'>;
  emit(event: EngineEvent): void;
}

type Change = ParsedInput<'changeJobs'>['change'];

export async function changeJobs(
  needs: ChangeNeeds,
  { change, ...set }: ParsedInput<'changeJobs'>,
): Promise<CallResults['changeJobs']> {
  return { changed: await changes[change](needs, set) };
}

const changes: Record<Change, (needs: ChangeNeeds, set: JobSet) => Promise<number>> = {
  pause: async ({ queue }, set) => (await queue.pauseAll(set)).length,
  resume: async ({ queue }, set) => (await queue.resumeAll(set)).length,
  retry: async ({ queue }, set) => (await queue.retryAll(set)).length,
  cancel: async ({ queue }, set) => (await queue.cancelAll(set)).length,
  dismiss: async (needs, { jobIds, kinds }) => dismissJobs(needs, { ids: jobIds, kinds }),
};

/** Takes jobs that have ended off the list for good. Gives how many. */
export async function dismissJobs(
  { library, emit }: Omit<ChangeNeeds, 'queue'>,
  query: Parameters<LibraryApi['dismissJobs']>[0],
): Promise<number> {
  const jobIds = await library.dismissJobs(query);
  emit({ type: 'jobsDismissed', jobIds });
  return jobIds.length;
}
