import { describe, expect, it } from 'vitest';
import { endless, queueWith, untilState } from './queueFixture.ts';
import { jobTo } from './testQueue.ts';

const newIndexJob = (title: string) => jobTo('index', title);

describe('what is asked of many jobs at once', () => {
  it('pauses everything in the background at once, and goes on with all of it', async () => {
    const ran: string[] = [];
    const queue = queueWith({
      index: async (job, context) => {
        ran.push(job.title);
        return ran.length > 1 ? {} : endless(job, context);
      },
    });
    for (const title of ['a', 'b', 'c']) await queue.enqueue(newIndexJob(title));
    while (ran.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await queue.pauseAll({});
    await queue.whenIdle();
    expect((await queue.list(9)).map((job) => job.state)).toEqual(['paused', 'paused', 'paused']);
    expect(ran).toEqual(['a']);
    await queue.resumeAll({});
    await queue.whenIdle();
    expect(ran).toEqual(['a', 'a', 'b', 'c']);
  });

  it('cancels all files with the scan that is still finding more, and leaves questions and imports alone', async () => {
    const queue = queueWith({
      scan: async (job, context) => {
        while (!context.signal.aborted) await queue.enqueue(newIndexJob('found late'));
        return endless(job, context);
      },
      index: endless,
      ask: endless,
    });
    await queue.enqueue(jobTo('scan', 'folder'));
    const ask = await queue.enqueue(jobTo('ask', 'What?'));
    const later = await queue.enqueue(jobTo('import', 'a model'));
    await untilState(ask.id, 'running');
    while ((await queue.list(9)).length < 5) await new Promise((resolve) => setTimeout(resolve, 5));
    await queue.cancelAll({ kinds: ['scan', 'index'] });
    const states = new Map((await queue.list(1000)).map((job) => [job.kind, job.state]));
    expect([states.get('scan'), states.get('index'), states.get('ask')]).toEqual(['cancelled', 'cancelled', 'running']);
    expect((await untilState(later.id, 'done')).state).toBe('done');
    await queue.cancel(ask.id);
  });

  it('means the jobs that are named, also those that a person waits for', async () => {
    const queue = queueWith({ ask: endless });
    const running = await queue.enqueue(jobTo('ask', 'What?'));
    const waiting = await queue.enqueue(jobTo('ask', 'And then?'));
    await untilState(running.id, 'running');
    const changed = await queue.cancelAll({ jobIds: [running.id, waiting.id] });
    expect(changed.map(({ state }) => state)).toEqual(['cancelled', 'cancelled']);
  });

  it('takes no job that was paused after it had been picked', async () => {
    const ran: string[] = [];
    const queue = queueWith({
      index: async (job) => {
        ran.push(job.title);
        return {};
      },
    });
    // Both in one turn: the lane picks the job while it is being paused.
    const job = await queue.enqueue(newIndexJob('a'));
    const paused = await queue.pause(job.id).catch(() => null);
    await queue.whenIdle();
    expect(paused?.state === 'paused' ? ran : []).toEqual([]);
  });
});
