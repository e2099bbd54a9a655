/** What the log tells of jobs: when they begin and end, how long they took, why they failed. */
import type { EngineEvent, Job } from '../../contract/index.ts';
import { log } from './log.ts';

const ends = ['done', 'failed', 'cancelled', 'paused'];

/** A listener for the engine's events. A job's title is not noted: that of a question is the question. */
export function logEvents(): (event: EngineEvent) => void {
  const startedMs = new Map<string, number>();
  return (event) => {
    if (event.type !== 'job') return;
    const { job } = event;
    if (job.state === 'running' && !startedMs.has(job.id)) {
      startedMs.set(job.id, performance.now());
      log.info('a job began', detailsOf(job));
    }
    const start = startedMs.get(job.id);
    if (start === undefined || !ends.includes(job.state)) return;
    startedMs.delete(job.id);
    tellEnd(job, Math.round(performance.now() - start) / 1000);
  };
}

function tellEnd(job: Job, seconds: number): void {
  const details = { ...detailsOf(job), seconds };
  if (job.state === 'failed') log.warn('a job failed', details, job.error ?? undefined);
  else log.info(`a job ended: ${job.state}`, details);
}

function detailsOf({ id, kind, mediaId }: Job): Record<string, string> {
  return { kind, jobId: id, ...(mediaId ? { mediaId } : {}) };
}
