import { describe, expect, it } from 'vitest';
import { PlayheadError } from '../../../src/contract/index.ts';
import type { JobQueue } from '../../../src/main/engine/queue/jobQueue.ts';
import { endless, library, queueWith, untilState } from './queueFixture.ts';
import { jobTo, type Runner } from './testQueue.ts';

const newIndexJob = (title: string) => jobTo('index', title);

describe('the job queue', () => {
  it('runs jobs of one lane one after another, the oldest first', async () => {
    const order: string[] = [];
    let atOnce = 0;
    const queue = queueWith({
      index: async (job) => {
        atOnce++;
        expect(atOnce).toBe(1);
        order.push(job.title);
        await new Promise((resolve) => setTimeout(resolve, 5));
        atOnce--;
        return {};
      },
    });
    for (const title of ['a', 'b', 'c']) await queue.enqueue(newIndexJob(title));
    await queue.whenIdle();
    expect(order).toEqual(['a', 'b', 'c']);
  });

  it('runs a scan before files that were queued earlier', async () => {
    const order: string[] = [];
    const note: Runner = async (job) => {
      order.push(job.title);
      return {};
    };
    const queue = queueWith({ index: note, scan: note, import: endless });
    const blocker = await queue.enqueue(jobTo('import', 'blocker'));
    await queue.enqueue(newIndexJob('file'));
    await queue.enqueue(jobTo('scan', 'folder'));
    await queue.cancel(blocker.id);
    await queue.whenIdle();
    expect(order).toEqual(['folder', 'file']);
  });

  it('lets a job that gives way wait for those of its kind that were queued later', async () => {
    const order: string[] = [];
    const note: Runner = async (job) => {
      order.push(job.title);
      return {};
    };
    const queue = queueWith({ index: note, import: endless });
    const blocker = await queue.enqueue(jobTo('import', 'blocker'));
    await queue.enqueue(jobTo('index', 'a sample', {}, 1));
    await queue.enqueue(newIndexJob('a file of their own'));
    await queue.cancel(blocker.id);
    await queue.whenIdle();
    expect(order).toEqual(['a file of their own', 'a sample']);
  });

  it('lets a long job give way between two steps to one that goes before it, and goes on from its checkpoint', async () => {
    const order: string[] = [];
    let queue: JobQueue;
    const index: Runner = async (job, context) => {
      const { steps = 1, done = 0 } = job.payload as { steps?: number; done?: number };
      for (let step = done; step < steps; step++) {
        order.push(`${job.title} ${step}`);
        if (job.title === 'film' && step === 1) await queue.enqueue(jobTo('index', 'clip', {}, 0));
        if (job.title === 'film' && step === 1) await queue.enqueue(jobTo('index', 'longer', {}, 9));
        await context.checkpoint({ steps, done: step + 1 });
        await context.giveWay();
      }
      return {};
    };
    queue = queueWith({ index });
    const film = await queue.enqueue(jobTo('index', 'film', { steps: 4 }, 5));
    await queue.whenIdle();
    expect(order).toEqual(['film 0', 'film 1', 'clip 0', 'film 2', 'film 3', 'longer 0']);
    expect(await library.getJob(film.id)).toMatchObject({ state: 'done', attempts: 1 });
  });

  it('answers a question while a batch is running', async () => {
    const queue = queueWith({ index: endless, ask: async () => ({ text: 'Red.' }) });
    const batch = await queue.enqueue(newIndexJob('long'));
    await untilState(batch.id, 'running');
    const ask = await queue.enqueue(jobTo('ask', 'What colour?'));
    expect((await untilState(ask.id, 'done')).result?.text).toBe('Red.');
    await queue.cancel(batch.id);
  });

  it('says why a job failed, and goes on with the next one', async () => {
    const queue = queueWith({
      index: async (job) => {
        if (job.title === 'bad') throw new PlayheadError({ code: 'file-empty', message: 'bad is empty.' });
        return { segments: 1 };
      },
    });
    const bad = await queue.enqueue(newIndexJob('bad'));
    const good = await queue.enqueue(newIndexJob('good'));
    await queue.whenIdle();
    expect((await untilState(bad.id, 'failed')).error?.code).toBe('file-empty');
    expect((await untilState(good.id, 'done')).result?.segments).toBe(1);
  });

  it('runs a failed job again when asked to', async () => {
    let attempts = 0;
    const queue = queueWith({
      index: async () => {
        attempts++;
        if (attempts === 1) throw new Error('not yet');
        return {};
      },
    });
    const job = await queue.enqueue(newIndexJob('flaky'));
    await untilState(job.id, 'failed');
    await queue.retry(job.id);
    expect((await untilState(job.id, 'done')).error).toBeNull();
  });

  it('pauses a running job and goes on from its checkpoint', async () => {
    const starts: unknown[] = [];
    const queue = queueWith({
      index: async (job, context) => {
        starts.push(job.payload);
        if (starts.length > 1) return {};
        await context.checkpoint({ done: 3 });
        return endless(job, context);
      },
    });
    const job = await queue.enqueue(newIndexJob('long'));
    await untilState(job.id, 'running');
    while (starts.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect((await queue.pause(job.id)).state).toBe('paused');
    await queue.resume(job.id);
    await untilState(job.id, 'done');
    expect(starts).toEqual([{}, { done: 3 }]);
  });

  it('cancels a queued job without running it', async () => {
    const ran: string[] = [];
    const queue = queueWith({
      import: endless,
      index: async (job) => {
        ran.push(job.title);
        return {};
      },
    });
    const blocker = await queue.enqueue(jobTo('import', 'blocker'));
    const job = await queue.enqueue(newIndexJob('never'));
    expect((await queue.cancel(job.id)).state).toBe('cancelled');
    await queue.cancel(blocker.id);
    await queue.whenIdle();
    expect(ran).toEqual([]);
  });

  it('takes up after a kill what was running, and tells which questions nobody will answer', async () => {
    const first = queueWith({ index: endless, ask: endless });
    const index = await first.enqueue(newIndexJob('long'));
    const ask = await first.enqueue(jobTo('ask', 'What?', { messageId: 'm' }));
    await untilState(index.id, 'running');
    await untilState(ask.id, 'running');
    // The first queue is left as a kill leaves it: its jobs stand in the library as running.
    const second = queueWith({});
    const recovered = await second.start();
    expect(recovered.find((job) => job.id === ask.id)?.state).toBe('failed');
    await second.whenIdle();
    expect((await untilState(index.id, 'done')).state).toBe('done');
  });

  it('stops at closing and leaves the job to the next start', async () => {
    const queue = queueWith({ index: endless });
    const job = await queue.enqueue(newIndexJob('long'));
    await untilState(job.id, 'running');
    await queue.close();
    expect((await library.getJob(job.id)).state).toBe('queued');
  });
});
