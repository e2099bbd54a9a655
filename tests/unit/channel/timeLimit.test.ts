import { expect, test } from 'vitest';
import { withTimeLimit } from '../../../src/main/channel/timeLimit.ts';

const never = () => new Promise<string>(() => {});
const step = (limitSec: number) => ({ what: 'Reading the film', file: '/v/film.mkv', limitSec });

test('work that is done in time gives its result or its error', async () => {
  expect(await withTimeLimit(step(60), async () => 'done')).toBe('done');
  await expect(withTimeLimit(step(60), () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
});

test('a drive that does not answer is given up when the time is up, or at once when the job is cancelled', async () => {
  await expect(withTimeLimit(step(0.01), never)).rejects.toMatchObject({
    code: 'time-limit',
    file: '/v/film.mkv',
    message: 'Reading the film took longer than 0.01 s.',
  });
  const controller = new AbortController();
  const waiting = withTimeLimit(step(60), never, controller.signal);
  controller.abort(new Error('stopped'));
  await expect(waiting).rejects.toThrow('stopped');
  await expect(withTimeLimit(step(60), never, controller.signal)).rejects.toThrow('stopped');
});
