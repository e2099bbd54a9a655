/** A machine that sleeps: what can be paused rests, and nothing of that is stored. */
import { expect, it } from 'vitest';
import { aJob } from '../library/libraryFixture.ts';
import { endless, library, queueWith, seen, untilState } from './queueFixture.ts';

const states = async () =>
  Object.fromEntries((await library.listJobs({ limit: 9 })).map(({ id, state }) => [id, state]));

it('what reads files rests while a question is answered, and goes on; what the person had paused stays so', async () => {
  let isAwake = false;
  const queue = queueWith({
    index: async (job, attempt) => (isAwake ? {} : endless(job, attempt)),
    ask: async () => ({}),
  });
  await library.insertJob(aJob('running', { priority: 9 }));
  await library.insertJob(aJob('next', { priority: 5 }));
  await library.insertJob(aJob('paused', { state: 'paused' }));
  await queue.start();
  await untilState('running', 'running');

  await queue.rest();
  expect(await states()).toEqual({ running: 'queued', next: 'queued', paused: 'paused' });
  await queue.enqueue(aJob('question', { kind: 'ask' }));
  await untilState('question', 'done');
  await queue.enqueue(aJob('late'));
  expect(await states()).toMatchObject({ running: 'queued', next: 'queued', late: 'queued' });

  isAwake = true;
  queue.goOn();
  for (const id of ['running', 'next', 'late']) await untilState(id, 'done');
  expect(await states()).toMatchObject({ paused: 'paused' });
  expect(seen.filter(({ id, state }) => id === 'running' && state === 'failed')).toEqual([]);
});

it('a machine that is not woken up again goes on at its next start', async () => {
  const asleep = queueWith({ index: endless });
  await library.insertJob(aJob('running'));
  await asleep.start();
  await untilState('running', 'running');
  await asleep.rest();
  const next = queueWith({ index: async () => ({}) });
  await next.start();
  await untilState('running', 'done');
});
