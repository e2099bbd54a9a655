import { afterEach, beforeEach, expect, test } from 'vitest';
import { cancelled } from '../../../src/contract/index.ts';
import { Surveys } from '../../../src/main/engine/indexing/surveys.ts';
import { PausedSignal } from '../../../src/main/engine/queue/jobAttempt.ts';

/** A file whose reading takes until the test says so. */
class LongFile {
  readonly path = '/films/nine-hours.mkv';
  readings = 0;
  stopped: unknown = null;
  finish = () => {};

  survey = ({ signal }: { signal?: AbortSignal | undefined } = {}) => {
    this.readings++;
    return new Promise<void>((resolve, reject) => {
      this.finish = resolve;
      signal?.addEventListener('abort', () => {
        this.stopped = signal.reason;
        reject(signal.reason);
      });
    });
  };
}

const nobodyWaits = async () => {};
const shorterWaits = async () => {
  throw new PausedSignal('turn');
};
const never = new AbortController().signal;

let surveys: Surveys;
beforeEach(() => {
  surveys = new Surveys(1);
});
afterEach(() => surveys.close());

test('a long file that is read whole gives way to a shorter one, and its reading goes on', async () => {
  const file = new LongFile();
  const first = surveys.finish(file, { signal: never, giveWay: shorterWaits });
  await expect(first).rejects.toMatchObject({ why: 'turn' });
  expect(file.stopped).toBeNull();
  const again = surveys.finish(file, { signal: never, giveWay: nobodyWaits });
  file.finish();
  await again;
  expect(file.readings).toBe(1);
});

test('a reading that failed behind others is made anew', async () => {
  const file = new LongFile();
  await expect(surveys.finish(file, { signal: never, giveWay: shorterWaits })).rejects.toMatchObject({ why: 'turn' });
  surveys.close();
  await expect.poll(() => file.stopped, { timeout: 30_000 }).not.toBeNull();
  const again = surveys.finish(file, { signal: never, giveWay: nobodyWaits });
  file.finish();
  await again;
  expect(file.readings).toBe(2);
});

test('a cancel ends the reading at once', async () => {
  const file = new LongFile();
  const stop = new AbortController();
  const reading = surveys.finish(file, { signal: stop.signal, giveWay: nobodyWaits });
  stop.abort(cancelled('nine-hours.mkv'));
  await expect(reading).rejects.toMatchObject({ code: 'cancelled' });
  expect(file.stopped).toMatchObject({ code: 'cancelled' });
});

test('no more than three files are read whole at once', async () => {
  const files = ['a', 'b', 'c'].map((name) => Object.assign(new LongFile(), { path: `/films/${name}.mkv` }));
  for (const file of files.slice(0, 2))
    await expect(surveys.finish(file, { signal: never, giveWay: shorterWaits })).rejects.toMatchObject({ why: 'turn' });
  const third = files[2] as LongFile;
  const staying = surveys.finish(third, { signal: never, giveWay: shorterWaits });
  setTimeout(() => third.finish(), 30);
  await staying;
});
