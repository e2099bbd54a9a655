/**
 * Works on the library in argv[2] as Playhead does; the job called "fatal" ends the whole process in the middle, as a
 * file does on which the system runs out of memory. Prints the jobs as they are once all have ended.
 */
import type { JobKind } from '../../../../src/contract/index.ts';
import { JobQueue } from '../../../../src/main/core/jobs/jobQueue.ts';
import type { JobRunner } from '../../../../src/main/core/jobs/jobRunner.ts';
import { createLibrary } from '../../../../src/main/core/library/createLibrary.ts';

const run: JobRunner = async (job, context) => {
  const { checkpoints } = job.payload as { checkpoints: number };
  if (job.title.startsWith('long') && checkpoints < 5) {
    await context.checkpoint({ checkpoints: checkpoints + 1 });
    process.kill(process.pid, 'SIGKILL');
  }
  if (job.title === 'fatal') process.kill(process.pid, 'SIGKILL');
  return {};
};

const library = createLibrary({ folder: process.argv[2] as string });
const runners: Record<JobKind, JobRunner> = { scan: run, index: run, ask: run, caption: run, import: run };
const queue = new JobQueue(library, runners, { onChange: () => {} });
await queue.start();
await queue.whenIdle();
const jobs = await queue.list(100);
console.log(JSON.stringify(jobs.map(({ title, state, error }) => ({ title, state, error }))));
await library.close();
