/**
 * Works on the library in argv[2] as Playhead does; the job called "fatal" ends the whole process in the middle, as a
 * file does on which the system runs out of memory. Prints the jobs as they are once all have ended.
 */
import { JobQueue } from '../../../../src/main/engine/queue/jobQueue.ts';
import { createLibrary } from '../../../../src/main/library/createLibrary.ts';
import { type Runner, workersThat } from '../testQueue.ts';

const run: Runner = async (job, attempt) => {
  const { checkpoints } = job.payload as { checkpoints: number };
  if (job.title.startsWith('long') && checkpoints < 5) {
    await attempt.checkpoint({ checkpoints: checkpoints + 1 });
    process.kill(process.pid, 'SIGKILL');
  }
  if (job.title === 'fatal') process.kill(process.pid, 'SIGKILL');
  return {};
};

const library = createLibrary({ folder: process.argv[2] as string });
const workers = workersThat({ scan: run, index: run, ask: run, caption: run, import: run });
const queue = new JobQueue(library, workers, { onChange: () => {} });
await queue.start();
await queue.whenIdle();
const jobs = await queue.list(100);
console.log(JSON.stringify(jobs.map(({ title, state, error }) => ({ title, state, error }))));
await library.close();
