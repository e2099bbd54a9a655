/** A job that brings the whole process down is not begun for ever. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Job, JobKind } from '../../../src/contract/index.ts';
import { createLibrary } from '../../../src/main/library/createLibrary.ts';
import { probed } from '../library/probedFile.ts';
import { jobTo } from './testQueue.ts';

const program = join(import.meta.dirname, 'programs', 'fatalJob.ts');

/** A library with these jobs queued. */
async function libraryWith(...jobs: { kind: JobKind; title: string }[]): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'playhead-fatal-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const library = createLibrary({ folder });
  for (const { kind, title } of jobs) await library.insertJob(jobTo(kind, title, { checkpoints: 0 }));
  await library.close();
  return folder;
}

/** Starts Playhead's queue over and over. @returns how often it was killed before it came to an end, and its jobs then */
function runUntilItLives(folder: string): { kills: number; jobs: Pick<Job, 'title' | 'state' | 'error'>[] } {
  for (let kills = 0; kills < 10; kills++) {
    const { signal, stdout, stderr } = spawnSync(process.execPath, [program, folder], { encoding: 'utf8' });
    if (signal === null) return { kills, jobs: JSON.parse(stdout || `"${stderr}"`) };
    expect(signal).toBe('SIGKILL');
  }
  throw new Error('it was killed ten times');
}

test.each(['index', 'scan'] as const)(
  'a job (%s) that brought the process down three times is set aside with its name, and the others go on',
  async (kind) => {
    const { kills, jobs } = runUntilItLives(await libraryWith({ kind, title: 'fatal' }, { kind, title: 'behind it' }));
    expect(kills).toBe(3);
    expect(jobs.find(({ title }) => title === 'behind it')?.state).toBe('done');
    expect(jobs.find(({ title }) => title === 'fatal')).toMatchObject({
      state: 'failed',
      error: { message: expect.stringMatching(/three times.*fatal/) },
    });
  },
);

test.each(['ask', 'caption', 'import'] as const)(
  'a job (%s) that would begin anew is set aside at once',
  async (kind) => {
    const { kills, jobs } = runUntilItLives(await libraryWith({ kind, title: 'fatal' }, { kind, title: 'behind it' }));
    expect(kills).toBe(1);
    expect(jobs.map(({ title, state }) => `${title}: ${state}`).sort()).toEqual(['behind it: done', 'fatal: failed']);
  },
);

test('the file of a job that is set aside is failed with the same reason, and is not taken for a forgotten one', async () => {
  const folder = await libraryWith();
  const library = createLibrary({ folder });
  const { item } = await library.registerMedia(probed('/v/fatal.mp4'));
  await library.setMediaState(item.id, 'queued');
  await library.insertJob({ ...jobTo('index', 'fatal', { checkpoints: 0 }), mediaId: item.id });
  await library.close();
  expect(runUntilItLives(folder).kills).toBe(3);
  const after = createLibrary({ folder });
  const { state, error } = (await after.getMedia(item.id)).item;
  expect({ state, message: error?.message }).toEqual({
    state: 'failed',
    message: expect.stringContaining('three times'),
  });
  expect(await after.listForgottenFiles()).toEqual([]);
  await after.close();
});

test('a long job that gets on between the ends of the process is not set aside', async () => {
  const { kills, jobs } = runUntilItLives(await libraryWith({ kind: 'index', title: 'long film' }));
  expect(kills).toBe(5);
  expect(jobs[0]?.state).toBe('done');
});
