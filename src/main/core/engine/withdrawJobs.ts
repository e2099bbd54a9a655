/** Jobs that nobody waits for any more: of a file that is removed, of a conversation that is deleted. */
import type { StoredJob } from '../ports/libraryApi.ts';
import type { AskPayload } from './askJob.ts';
import { stopWaiting } from './changeJobs.ts';
import type { EngineContext } from './engineContext.ts';

/** Cancels every open job that `concerns` names, and waits until each has ended. */
export async function withdrawJobs(engine: EngineContext, concerns: (job: StoredJob) => boolean): Promise<void> {
  for (const job of await engine.queue().listOpen()) {
    if (concerns(job)) await stopWaiting(engine, [await engine.queue().cancel(job.id)]);
  }
}

export function isAboutConversation(job: StoredJob, conversationId: string): boolean {
  return job.kind === 'ask' && (job.payload as AskPayload | null)?.conversationId === conversationId;
}
