import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { askDrive, driveOf, isDriveHolding, isDriveSilent } from '../../../src/main/ports/drives.ts';

/** A question that is answered when the test says so. */
function unanswered() {
  let answer = (_text: string) => {};
  const promise = new Promise<string>((resolve) => {
    answer = resolve;
  });
  return { ask: () => promise, answer };
}

describe('askDrive', () => {
  it('gives the answer, and the failure of a drive as it is', async () => {
    expect(await askDrive('/a/film.mp4', async () => 'here')).toBe('here');
    const gone = Object.assign(new Error('gone'), { code: 'ENOENT' });
    await expect(askDrive('/a/film.mp4', () => Promise.reject(gone))).rejects.toBe(gone);
    expect(isDriveHolding()).toBe(false);
  });

  it('ends a question that is not answered, asks that drive nothing more, and others as before', async () => {
    const silent = unanswered();
    const asked = askDrive('/b/film.mp4', silent.ask, { limitSec: 0.05 });
    await expect(asked).rejects.toMatchObject({ code: 'time-limit', file: '/b/film.mp4' });
    let isAsked = false;
    const ask = async () => {
      isAsked = true;
    };
    await expect(askDrive('/b/other.mp4', ask)).rejects.toMatchObject({ code: 'time-limit', file: '/b/other.mp4' });
    expect(isAsked).toBe(false);
    expect(await askDrive('/c/film.mp4', async () => 'here')).toBe('here');
    silent.answer('late');
    await wait(0);
    expect(await askDrive('/b/film.mp4', async () => 'back')).toBe('back');
  });

  it('holds two threads at most for a drive, whatever is asked of it', async () => {
    const silent = unanswered();
    let asked = 0;
    const ask = () => {
      asked++;
      return silent.ask();
    };
    const all = Array.from({ length: 20 }, (_, index) => askDrive(`/d/${index}.mp4`, ask, { limitSec: 0.05 }));
    await Promise.allSettled(all);
    expect(asked).toBe(2);
    expect(isDriveHolding()).toBe(true);
    silent.answer('late');
    await wait(0);
    expect(asked).toBe(2); // nobody waited for the others any more
    expect(isDriveHolding()).toBe(false);
  });

  it('is silent at the end of a program only where it does not answer while that waits', async () => {
    const busy = unanswered();
    const asked = askDrive('/f/film.mp4', busy.ask);
    await wait(0);
    expect(await isDriveSilent(10)).toBe(true);
    setTimeout(() => busy.answer('here'), 10);
    expect(await isDriveSilent(10_000)).toBe(false);
    expect(await asked).toBe('here');
    const first = unanswered();
    const second = unanswered();
    void askDrive('/g/film.mp4', first.ask).then(() => askDrive('/h/film.mp4', second.ask));
    setTimeout(() => first.answer('here'), 10);
    setTimeout(() => second.answer('here'), 30);
    expect(await isDriveSilent(10_000)).toBe(false);
  });

  it('lets go at once of a question that is not wanted any more', async () => {
    const silent = unanswered();
    const controller = new AbortController();
    const asked = askDrive('/e/film.mp4', silent.ask, { signal: controller.signal });
    controller.abort();
    await expect(asked).rejects.toMatchObject({ code: 'cancelled', file: '/e/film.mp4' });
    silent.answer('late');
  });

  it.skipIf(process.platform === 'win32')('takes a mount for one drive, and a folder of the own one', () => {
    const mounts = ['/', '/mnt/nas', '/mnt/nas2'];
    expect(driveOf('/mnt/nas/films/a.mp4', mounts)).toBe('/mnt/nas');
    expect(driveOf('/mnt/nas', mounts)).toBe('/mnt/nas');
    expect(driveOf('/mnt/nas2/a.mp4', mounts)).toBe('/mnt/nas2');
    expect(driveOf('/srv/films/a.mp4', mounts)).toBe('/srv/films');
    expect(driveOf('/Volumes/Stick/films/a.mp4', [])).toBe('/Volumes/Stick');
  });
});
