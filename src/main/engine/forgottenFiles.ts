/** An index that was lost is built anew; the person's words were never in it. */

import type { LibraryApi } from '../ports/libraryApi.ts';
import { indexJobFor } from './jobs/indexJob.ts';
import type { JobQueue } from './queue/jobQueue.ts';

interface ForgottenNeeds {
  library: Pick<LibraryApi, 'listForgottenFiles'>;
  queue: Pick<JobQueue, 'enqueue'>;
}

/** Queues every file that waits to be indexed and has no job, whenever and by whom the loss was noticed. */
export async function indexForgottenFiles({ library, queue }: ForgottenNeeds): Promise<void> {
  for (const file of await library.listForgottenFiles()) await queue.enqueue(indexJobFor(file));
}
