/** The `changeJobs` call: many jobs at once. */
import type { CallResults, Job, JobSet, ParsedInput } from '../../../contract/index.ts';
import type { AskPayload } from './askJob.ts';
import type { EngineContext } from './engineContext.ts';

type Change = ParsedInput<'changeJobs'>['change'];

export async function changeJobs(
  engine: EngineContext,
  { change, ...set }: ParsedInput<'changeJobs'>,
): Promise<CallResults['changeJobs']> {
  return { changed: await changes[change](engine, set) };
}

const changes: Record<Change, (engine: EngineContext, set: JobSet) => Promise<number>> = {
  pause: async (engine, set) => (await engine.queue().pauseAll(set)).length,
  resume: async (engine, set) => (await engine.queue().resumeAll(set)).length,
  retry: async (engine, set) => (await engine.queue().retryAll(set)).length,
  async cancel(engine, set) {
    const cancelled = await engine.queue().cancelAll(set);
    await stopWaiting(engine, cancelled);
    return cancelled.length;
  },
  async dismiss(engine, { jobIds, kinds }) {
    const dismissed = await engine.library.dismissJobs({ ids: jobIds, kinds });
    engine.emit({ type: 'jobsDismissed', jobIds: dismissed });
    return dismissed.length;
  },
};

/** What waited for a job that was cancelled before its turn waits no more: its file, its answer. */
export async function stopWaiting(engine: EngineContext, jobs: Job[]): Promise<void> {
  const stopped: string[] = [];
  for (const job of jobs) {
    if (job.state !== 'cancelled') continue;
    if (job.kind === 'index' && (await stopFile(engine, job.mediaId))) stopped.push(job.mediaId as string);
    if (job.kind === 'ask') await stopAnswer(engine, job.id);
  }
  if (stopped.length > 0) engine.emit({ type: 'libraryChanged', mediaIds: stopped });
}

async function stopFile(engine: EngineContext, mediaId: string | null): Promise<boolean> {
  if (mediaId === null) return false;
  const { item } = await engine.library.getMedia(mediaId);
  if (item.state !== 'queued') return false;
  await engine.library.setMediaState(mediaId, item.segmentCount > 0 ? 'ready' : 'registered');
  return true;
}

/** An answer that nobody will write does not go on "streaming". */
async function stopAnswer(engine: EngineContext, jobId: string): Promise<void> {
  const { payload } = await engine.library.getJob(jobId);
  if (payload === null) return;
  const { conversationId, messageId, mediaId } = payload as AskPayload;
  const { messages } = await engine.library.getConversation(conversationId).catch(() => ({ messages: [] }));
  if (messages.find(({ id }) => id === messageId)?.state !== 'streaming') return;
  await engine.library.updateMessage(messageId, { state: 'stopped' });
  engine.emit({ type: 'conversationChanged', conversationId, mediaId });
}
