/** What the log tells of jobs: when they begin and end, how long they took, why they failed. */
import type { EngineEvent, Job, JobState } from '../../contract/index.ts';
import { log } from './log.ts';

/** How a job stops running, in words. A long one gives way to those behind it, and begins again. */
const ends: Partial<Record<JobState, string>> = {
  done: 'a job is done',
  failed: 'a job failed',
  cancelled: 'a job was cancelled',
  paused: 'a job was paused',
  queued: 'a job gave way',
};

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
    const end = ends[job.state];
    if (start === undefined || end === undefined) return;
    startedMs.delete(job.id);
    const details = { ...detailsOf(job), seconds: Math.round(performance.now() - start) / 1000 };
    if (job.state === 'failed') log.warn(end, details, job.error ?? undefined);
    else log.info(end, details);
  };
}

function detailsOf({ id, kind, paths }: Job): Record<string, string> {
  const [file, ...others] = paths;
  return {
    kind,
    ...(file === undefined ? {} : { file }),
    ...(others.length > 0 ? { others: `${others.length}` } : {}),
    jobId: id,
  };
}
