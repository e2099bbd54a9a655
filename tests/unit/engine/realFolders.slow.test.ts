/** Folders as people have them, through the whole engine. */
import { appendFile, copyFile, mkdir, rename, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { findProblems } from '../../../src/renderer/logic/problems.ts';
import { ffmpeg } from '../../support/media.ts';
import { itemsOf, openTestEngine, scanAll, type TestEngine } from './engineFixture.ts';

const fixtures = join(import.meta.dirname, '../../fixtures/media');

/** Long ago, so that nothing takes it for a file that is being written. */
async function settle(...paths: string[]): Promise<void> {
  const earlier = new Date(Date.now() - 60_000);
  for (const path of paths) await utimes(path, earlier, earlier);
}

async function makeClips({ folder }: TestEngine, ...names: string[]): Promise<string[]> {
  const paths = names.map((name) => join(folder, name));
  for (const path of paths) {
    const picture = ['-f', 'lavfi', '-i', 'testsrc=size=160x120:rate=10:duration=1', '-metadata', `title=${path}`];
    await ffmpeg(...picture, '-c:v', 'libx264', '-pix_fmt', 'yuv420p', path);
  }
  await settle(...paths);
  return paths;
}

/** Sound of more than two MiB, alike in its first and last MiB. */
async function makeTake(path: string, middle: string): Promise<void> {
  const shape = ['-af', 'adelay=7000,apad=pad_dur=7', '-ar', '44100', '-ac', '2'];
  await ffmpeg('-f', 'lavfi', '-i', middle, ...shape, '-bitexact', path);
}

test('the first file is indexed while the rest is looked for; what is passed over is told; what has not changed is left alone', async () => {
  const opened = await openTestEngine();
  await makeClips(opened, ...Array.from({ length: 5 }, (_, i) => `clip ${i}.mp4`));
  await writeFile(join(opened.folder, 'notes.txt'), 'x');
  const scan = await scanAll(opened, opened.folder);
  expect(scan.result).toMatchObject({
    queued: 5,
    unchanged: 0,
    rejected: [],
    passedOver: [{ reason: 'no video, sound or picture by their ending', count: 1 }],
    notices: ['Passed over: no video, sound or picture by their ending (1: notes.txt)'],
  });
  const firstIndexing = opened.events.findIndex((job) => job.kind === 'index' && job.state === 'running');
  const scanEnd = opened.events.findIndex((job) => job.kind === 'scan' && job.state === 'done');
  expect(firstIndexing).toBeLessThan(scanEnd);

  const again = await scanAll(opened, opened.folder);
  expect(again.result).toMatchObject({ queued: 5, unchanged: 5 });
  expect(opened.events.filter((job) => job.kind === 'index' && job.state === 'done')).toHaveLength(5);
});

test('a take that is written over another one with equal ends is noticed; a renamed take keeps what was asked', async () => {
  const opened = await openTestEngine();
  const at = (name: string) => join(opened.folder, name);
  await makeTake(at('mix.wav'), 'sine=440:d=3');
  await settle(at('mix.wav'));
  await scanAll(opened, opened.folder);
  const first = (await itemsOf(opened))['mix.wav'];
  expect(first?.state).toBe('ready');

  // The first take is put aside, and another is written under its old name.
  await rename(at('mix.wav'), at('z take 1.wav'));
  await makeTake(at('mix.wav'), 'anoisesrc=d=3');
  const scan = await scanAll(opened, opened.folder);
  const items = await itemsOf(opened);
  expect(items['z take 1.wav']?.id).toBe(first?.id);
  expect(items['mix.wav']?.id).not.toBe(first?.id);
  expect(scan.result).toMatchObject({ queued: 2, unchanged: 1 });

  // In place: the same name, size and ends.
  await makeTake(at('mix.wav'), 'sine=880:d=3');
  expect((await scanAll(opened, opened.folder)).result).toMatchObject({ queued: 2, unchanged: 1 });
});

test('two exact copies are told as such', async () => {
  const opened = await openTestEngine();
  const [original] = (await makeClips(opened, 'a.mp4')) as [string];
  await copyFile(original, join(opened.folder, 'b.mp4'));
  await settle(join(opened.folder, 'b.mp4'));
  await scanAll(opened, opened.folder);
  const { 'a.mp4': a, 'b.mp4': b } = await itemsOf(opened);
  expect(a?.id).not.toBe(b?.id);
  // Several files are taken at once: which of the two is met second, and tells of the other, is open.
  const copiesOf = (item = a) => item?.notices.filter((text) => text.includes('exact copy')) ?? [];
  expect([...copiesOf(a), ...copiesOf(b)]).not.toEqual([]);
  for (const text of copiesOf(a)) expect(text).toBe(`The library holds an exact copy of this file: ${b?.path}`);
  for (const text of copiesOf(b)) expect(text).toBe(`The library holds an exact copy of this file: ${original}`);
});

test('a file that vanishes while it is read is not ready, and is completed when it is back', async () => {
  const opened = await openTestEngine();
  const inside = join(opened.folder, 'inside');
  await mkdir(inside);
  await makeClips(opened, 'inside/clip.mp4');
  const away = join(opened.folder, 'away');
  const stop = opened.engine.onEvent((event) => {
    if (event.type !== 'job' || !event.job.stage.includes('on-screen text')) return;
    stop();
    void rename(inside, away);
  });
  await scanAll(opened, inside);
  expect((await itemsOf(opened))['clip.mp4']).toMatchObject({ state: 'failed', error: { code: 'file-not-found' } });

  await rename(away, inside);
  expect((await scanAll(opened, inside)).result).toMatchObject({ queued: 1, unchanged: 0 });
  const complete = (await itemsOf(opened))['clip.mp4'];
  expect(complete).toMatchObject({ state: 'ready', error: null });
  expect(complete?.notices.join()).not.toContain('left out');
});

test('a file that still grows waits, and is indexed whole', async () => {
  const opened = await openTestEngine();
  const path = join(opened.folder, 'growing.wav');
  await ffmpeg('-f', 'lavfi', '-i', 'sine=440:d=3', join(opened.folder, 'whole.mp3'));
  await ffmpeg('-i', join(opened.folder, 'whole.mp3'), path);
  await settle(join(opened.folder, 'whole.mp3'));
  const scanning = scanAll(opened, opened.folder);
  for (let i = 0; i < 3; i++) {
    await appendFile(path, Buffer.alloc(1000));
    await wait(700);
  }
  const size = 3 * 1000;
  await scanning;
  const { 'growing.wav': item } = await itemsOf(opened);
  expect(item?.state).toBe('ready');
  expect(item?.sizeBytes).toBeGreaterThan(size + 3 * 44100 * 2 - 1);
  expect(
    opened.events.filter((job) => job.kind === 'index' && job.title === 'growing.wav' && job.state === 'done'),
  ).toHaveLength(1);
});

test('the words of subtitles are found, whatever their encoding', async () => {
  const words = {
    gbk: '公园',
    big5: '公園',
    shift_jis: '今日は',
    cp1251: 'погода',
    koi8_r: 'Сегодня',
    cp1250: 'počasí',
    cp1254: 'güzel',
    cp1256: 'الطقس',
  };
  const opened = await openTestEngine();
  const at = (name: string) => join(opened.folder, name);
  for (const [index, encoding] of Object.keys(words).entries()) {
    await ffmpeg('-f', 'lavfi', '-i', `sine=${440 + index}:d=12`, at(`${encoding}.flac`));
    await copyFile(join(fixtures, `enc-${encoding}.srt`), at(`${encoding}.srt`));
    await settle(at(`${encoding}.flac`));
  }
  await scanAll(opened, opened.folder);
  for (const [encoding, word] of Object.entries(words)) {
    const { hits } = await opened.engine.api.search({ text: word });
    expect(
      hits.map(({ fileName }) => fileName),
      word,
    ).toContain(`${encoding}.flac`);
  }
  const notices = Object.values(await itemsOf(opened)).flatMap((item) => item.notices);
  expect(notices.join()).not.toContain('guess');
});

test('every job of a file tells its path, also while the file cannot be read, so that a mended file is known again', async () => {
  const opened = await openTestEngine();
  const path = join(opened.folder, 'letter.mp4');
  await writeFile(path, 'Dear reader, this is no film.\n'.repeat(50));
  await settle(path);
  await scanAll(opened, opened.folder);
  await makeClips(opened, 'letter.mp4');
  await scanAll(opened, opened.folder);
  const jobs = await opened.engine.api.listJobs({});
  const indexing = jobs.filter((job) => job.kind === 'index').map(({ state, paths }) => ({ state, paths }));
  expect(indexing).toEqual([
    { state: 'done', paths: [path] },
    { state: 'failed', paths: [path] },
  ]);
  expect(findProblems(jobs)).toEqual([]);
});
