/**
 * `node bench/listJobs.ts [calls]`: what a window's list of its latest 200 jobs costs, part by part: the query in the
 * library's thread, the way from there, and how each is made one that a window may see.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { indexJob } from '../src/main/engine/jobs/indexJob.ts';
import { JobWorkers } from '../src/main/engine/queue/jobWorkers.ts';
import { connectLibrary } from '../src/main/library/connectLibrary.ts';
import { createLibrary } from '../src/main/library/createLibrary.ts';
import type { LibraryApi, StoredJob } from '../src/main/ports/libraryApi.ts';
import { secondsOf } from './repeat.ts';

const calls = Number(process.argv[2] ?? 2000);
const JOBS = 200;
const folder = await mkdtemp(join(tmpdir(), 'playhead-jobs-'));
try {
  const here = createLibrary({ folder });
  await fill(here);
  await print('query alone', here, () => {});
  const workers = new JobWorkers([indexJob.workerWith({} as never)]);
  await print('query and public form', here, (job) => workers.publicJob(job));
  await here.close();
  const there = await connectLibrary({ folder });
  await print('query over the thread', there, () => {});
  await there.close();
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** Finished ones, as indexing leaves them behind. */
async function fill(library: LibraryApi): Promise<void> {
  const stages = ['probe', 'scenes', 'thumbnails', 'frames', 'on-screen text', 'things', 'captions', 'vectors'];
  const result = { segments: 12, timings: stages.map((stage) => ({ stage, seconds: 1.25 })), notices: [] };
  for (let file = 0; file < JOBS; file++) {
    const job = indexJob.create({ path: `/films/2024/summer/holiday ${file}.mp4` });
    await library.insertJob({ ...job, state: 'done', progress: 1, result });
  }
}

async function print(what: string, library: LibraryApi, use: (job: StoredJob) => unknown): Promise<void> {
  const list = async () => {
    for (const job of await library.listJobs({ limit: JOBS })) use(job);
  };
  await list();
  const seconds = await secondsOf(async () => {
    for (let call = 0; call < calls; call++) await list();
  });
  console.log(`${what.padEnd(24)} ${((seconds / calls) * 1000).toFixed(2)} ms a call`);
}
