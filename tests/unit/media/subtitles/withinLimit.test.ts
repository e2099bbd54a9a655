import { expect, test } from 'vitest';
import { withinLimit } from '../../../../src/main/media/subtitles/withinLimit.ts';

const never = new Promise<string>(() => {});

test('work that is done in time gives its result or its error', async () => {
  expect(await withinLimit(Promise.resolve('done'), 60)).toBe('done');
  await expect(withinLimit(Promise.reject(new Error('broken')), 60)).rejects.toThrow('broken');
});

test('a drive that does not answer is given up when the time is up, or at once when the job is cancelled', async () => {
  await expect(withinLimit(never, 0.01)).rejects.toThrow('it took longer than 0.01 s');
  const controller = new AbortController();
  const waiting = withinLimit(never, 60, controller.signal);
  controller.abort(new Error('stopped'));
  await expect(waiting).rejects.toThrow('stopped');
  await expect(withinLimit(never, 60, controller.signal)).rejects.toThrow('stopped');
});
