import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import type { Job, JobKind } from '../../../src/contract/index.ts';
import { JobQueue } from '../../../src/main/engine/queue/jobQueue.ts';
import { connectLibrary } from '../../../src/main/library/connectLibrary.ts';
import { type Runner, workersThat } from './testQueue.ts';

type Library = Awaited<ReturnType<typeof connectLibrary>>;

/** A library for each test, and what its queue told. */
let folder: string;
export let library: Library;
export let seen: Job[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playhead-jobs-'));
  library = await connectLibrary({ folder });
  seen = [];
});

afterEach(async () => {
  await library.close();
  await library.terminate();
  await rm(folder, { recursive: true, force: true });
});

export function queueWith(runners: Partial<Record<JobKind, Runner>>): JobQueue {
  return new JobQueue(library, workersThat(runners), { onChange: (job) => void seen.push(job) });
}

/** A job that works until it is told to stop. */
export const endless: Runner = (_job, { signal }) =>
  new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason));
  });

export async function untilState(jobId: string, state: Job['state']): Promise<Job> {
  for (;;) {
    const job = seen.findLast((candidate) => candidate.id === jobId);
    if (job?.state === state) return job;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
