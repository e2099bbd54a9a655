/** What a job is to do is read from the library by the schema of its kind. */

import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { jobKindNames, jobKinds } from '../../../src/contract/index.ts';
import { type JobNeeds, workersWith } from '../../../src/main/engine/jobs/allJobs.ts';
import { askJob } from '../../../src/main/engine/jobs/askJob.ts';
import { indexJob } from '../../../src/main/engine/jobs/indexJob.ts';
import type { JobWorker } from '../../../src/main/engine/queue/defineJob.ts';
import { JobQueue } from '../../../src/main/engine/queue/jobQueue.ts';
import { connectLibrary } from '../../../src/main/library/connectLibrary.ts';
import { aJob, temporaryFolder } from '../library/libraryFixture.ts';

const workers = workersWith({} as JobNeeds);

/** A queue of the real kinds that notes what it runs, over a library whose stored jobs can be changed behind its back. */
async function openQueue() {
  const folder = temporaryFolder();
  const library = await connectLibrary({ folder });
  onTestFinished(() => library.close());
  const ran: string[] = [];
  const released: string[] = [];
  const noting = workers.map((worker): JobWorker => {
    const run: JobWorker['run'] = async ({ job }) => {
      ran.push(job.title);
      return { bundleFolder: '/m' };
    };
    return { ...worker, run, withdrawn: async ({ title }) => void released.push(title) };
  });
  const store = (sql: string, ...values: unknown[]) => {
    const db = new Database(join(folder, 'library.sqlite'));
    db.prepare(sql).run(...values);
    db.close();
  };
  return { library, queue: new JobQueue(library, noting, { onChange: () => {} }), ran, released, store };
}

test('every kind of the contract has one definition, which says the same of it', () => {
  expect(workers.map(({ kind }) => kind)).toEqual(jobKindNames);
  for (const { kind, isPausable, isAwaited } of workers)
    expect(jobKinds[kind]).toMatchObject({ isPausable, isAwaited });
});

test.each([
  ['is not JSON', '{"path":'],
  ['is of another shape', '{"folder":"/v"}'],
  ['has a field of another type', '{"path":7}'],
  ['is a list', '[]'],
  ['is missing', null],
])('a job whose record %s fails by name, and the next one runs', async (_what, stored) => {
  const { library, queue, ran, released, store } = await openQueue();
  await library.insertJob(aJob('bad.mp4', { priority: 20 }));
  await library.insertJob(aJob('good.mp4', { priority: 10 }));
  store('UPDATE jobs SET payload = ? WHERE id = ?', stored, 'bad.mp4');
  await queue.start();
  await queue.whenIdle();
  const bad = await library.getJob('bad.mp4');
  expect(bad).toMatchObject({ state: 'failed', error: { code: 'library-damaged' } });
  expect(bad.error?.message).toContain('bad.mp4');
  expect(ran).toEqual(['good.mp4']);
  expect(released).toEqual(['bad.mp4']); // its file does not wait for ever
});

test('a checkpoint that cannot be read begins the file anew instead of failing it', () => {
  const stored = aJob('a', { payload: { path: '/v/a.mp4', checkpoint: { segmentsDone: 'three' } } });
  expect(indexJob.read(stored)).toEqual({ path: '/v/a.mp4', checkpoint: undefined });
});

test('a job is read by its own kind alone', () => {
  expect(askJob.read(aJob('a', { kind: 'index', payload: { path: '/v/a.mp4' } }))).toBeNull();
  expect(indexJob.read(aJob('a', { kind: 'ask', payload: { path: '/v/a.mp4' } }))).toBeNull();
});

test('a result that cannot be read is none, and the list of jobs is whole', async () => {
  const { library, queue, store } = await openQueue();
  await library.insertJob(aJob('sound', { state: 'done', result: { segments: 3 } }));
  await library.insertJob(aJob('damaged', { state: 'done', result: { segments: 3 } }));
  store('UPDATE jobs SET result = ? WHERE id = ?', '{"segments":"many"}', 'damaged');
  store("UPDATE jobs SET kind = 'dream' WHERE id = 'nobody'");
  const results = new Map((await queue.list(9)).map((job) => [job.id, job.result]));
  expect([...results]).toEqual(
    expect.arrayContaining([
      ['sound', { segments: 3 }],
      ['damaged', null],
    ]),
  );
});

test('jobs of a kind that this version does not know are not listed', async () => {
  const { library, queue } = await openQueue();
  await library.insertJob(aJob('known', { state: 'done' }));
  await library.insertJob(aJob('unknown', { state: 'done', kind: 'dream' as never }));
  expect((await queue.list(9)).map(({ id }) => id)).toEqual(['known']);
});
