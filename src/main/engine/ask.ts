/** The `ask` call: a question about a clip goes into its conversation, with its answer to come and the job that writes it. */
import { randomUUID } from 'node:crypto';
import type { CallResults, EngineEvent, ParsedInput } from '../../contract/index.ts';
import type { LibraryApi } from '../ports/libraryApi.ts';
import { type ClipNeeds, findClip } from './findClip.ts';
import { askJob } from './jobs/askJob.ts';
import type { JobQueue } from './queue/jobQueue.ts';

export interface AskCallNeeds extends ClipNeeds {
  library: ClipNeeds['library'] & Pick<LibraryApi, 'addQuestion'>;
  queue: Pick<JobQueue, 'enqueue'>;
  emit(event: EngineEvent): void;
}

/** All of it is written, or nothing: a question without a job would wait for its answer for ever. */
export async function ask(needs: AskCallNeeds, input: ParsedInput<'ask'>): Promise<CallResults['ask']> {
  const { source, segment: asked, conversationId = randomUUID(), ...how } = input;
  const { item, segment } = await findClip(needs, source, asked);
  const mediaId = item.id;
  const messageId = randomUUID();
  const job = askJob.create({ ...how, mediaId, segment, conversationId, messageId }, { mediaId });
  const isFirst = input.conversationId === undefined;
  const question = { mediaId, conversationId, isFirst, question: how.question, segment, answerId: messageId };
  await needs.queue.enqueue(job, () => needs.library.addQuestion({ ...question, job }));
  needs.emit({ type: 'conversationChanged', conversationId, mediaId });
  return { jobId: job.id, mediaId, conversationId, messageId };
}
