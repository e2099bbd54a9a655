/** Waiting for jobs, as events tell of them. */
import { fromErrorInfo, type Job, PlayheadError } from '../../../contract/index.ts';
import type { Engine } from '../../engine/createEngine.ts';

/**
 * Starts a job with `start` and waits for its end; `onChange` hears of each step.
 * @throws PlayheadError why the job failed
 */
export async function runJob(
  engine: Engine,
  start: () => Promise<{ jobId: string }>,
  onChange: (job: Job) => void = () => {},
): Promise<Job> {
  const job = await settle(engine, start, onChange);
  if (job.state === 'failed' && job.error) throw fromErrorInfo(job.error);
  if (job.state !== 'done') throw new PlayheadError({ code: 'cancelled', message: 'The job was cancelled.' });
  return job;
}

/** As `runJob`, but a job that fails is given back like any other. */
export async function settle(
  engine: Engine,
  start: () => Promise<{ jobId: string }>,
  onChange: (job: Job) => void = () => {},
): Promise<Job> {
  const latest = new Map<string, Job>();
  let wanted: string | null = null;
  let finish: (job: Job) => void = () => {};
  const ended = new Promise<Job>((resolve) => {
    finish = resolve;
  });
  const stopListening = engine.onEvent((event) => {
    if (event.type !== 'job') return;
    latest.set(event.job.id, event.job);
    if (event.job.id !== wanted) return;
    onChange(event.job);
    if (isEnded(event.job)) finish(event.job);
  });
  try {
    wanted = (await start()).jobId;
    // It may have ended before anyone listened.
    const already = latest.get(wanted) ?? (await engine.api.listJobs({ limit: 1000 })).find(({ id }) => id === wanted);
    if (already && isEnded(already)) return already;
    return await ended;
  } finally {
    stopListening();
  }
}

export function isEnded(job: Job): boolean {
  return job.state === 'done' || job.state === 'failed' || job.state === 'cancelled';
}
