/** The `changeJobs` call: many jobs at once. */
import type { CallResults, Job, JobSet, ParsedInput } from '../../../contract/index.ts';
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

/** A file whose indexing was cancelled before it began waits for nothing any more. */
export async function stopWaiting(engine: EngineContext, jobs: Job[]): Promise<void> {
  const stopped: string[] = [];
  for (const { kind, state, mediaId } of jobs) {
    if (kind !== 'index' || state !== 'cancelled' || mediaId === null) continue;
    const { item } = await engine.library.getMedia(mediaId);
    if (item.state !== 'queued') continue;
    await engine.library.setMediaState(mediaId, item.segmentCount > 0 ? 'ready' : 'registered');
    stopped.push(mediaId);
  }
  if (stopped.length > 0) engine.emit({ type: 'libraryChanged', mediaIds: stopped });
}
