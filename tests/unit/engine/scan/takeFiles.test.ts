/** What becomes of a file that is found, over a real library and a queue that only keeps what it is given. */
import { mkdtemp, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { indexJob } from '../../../../src/main/engine/jobs/indexJob.ts';
import { MediaStates } from '../../../../src/main/engine/mediaStates.ts';
import { noteMissing } from '../../../../src/main/engine/scan/noteMissing.ts';
import { FileTaker } from '../../../../src/main/engine/scan/takeFiles.ts';
import { fingerprintFile } from '../../../../src/main/media/fingerprint.ts';
import type { LibraryApi, StoredJob } from '../../../../src/main/ports/libraryApi.ts';
import { openTestLibrary, probed } from '../../library/libraryFixture.ts';

const { signal } = new AbortController();

async function open() {
  const folder = await mkdtemp(join(tmpdir(), 'playhead-take-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const library = openTestLibrary();
  const states = new MediaStates(library, () => {});
  const queue = {
    enqueue: async (job: StoredJob) => {
      await library.insertJob(job);
      return { ...job, paths: [] };
    },
    enqueueAll: async (insert: () => Promise<readonly StoredJob[]>) => void (await insert()),
  };
  const needs = { library, states, folders: { resources: '/resources' }, queue: () => queue };
  const at = (name: string) => join(folder, name);
  return {
    ...{ library, states, folder, at },
    /** Takes these files as they are now. */
    async take(names: string[], { isAsked = false, isAtRest = true } = {}) {
      const taker = new FileTaker(needs, { signal, isAsked, looksCloser: false });
      for (const name of names) {
        const { size, mtimeMs } = await stat(at(name));
        await taker.take({ path: at(name), sizeBytes: size, modifiedMs: mtimeMs }, isAtRest);
      }
      await taker.finish();
      return taker;
    },
  };
}

const list = async (library: LibraryApi) => {
  const { items } = await library.listMedia({ sort: 'name', offset: 0, limit: 99 });
  return items.map(({ fileName, state }) => `${fileName} ${state}`);
};
const jobsOf = async (library: LibraryApi) =>
  (await library.listJobs({ states: ['queued'], limit: 99 })).map((job) => indexJob.read(job)?.path);

/** As the index job does it. */
async function index(library: LibraryApi, path: string): Promise<string> {
  const { size, mtimeMs } = await stat(path);
  const fingerprint = await fingerprintFile(path, size);
  const file = {
    ...probed(path),
    sizeBytes: size,
    modifiedMs: Math.trunc(mtimeMs),
    fingerprint,
    contentHash: fingerprint,
  };
  const { item } = await library.registerMedia(file);
  await library.setMediaState(item.id, 'ready');
  await library.updateJobs({ states: ['queued'] }, { state: 'done' });
  return item.id;
}

test('new files are named and queued; one that still grows is named alone, and queued when it is at rest', async () => {
  const { library, take, at } = await open();
  await writeFile(at('a.mp4'), 'aaa');
  await writeFile(at('b.mp4'), 'bb');
  await take(['a.mp4']);
  await take(['b.mp4'], { isAtRest: false });
  expect(await list(library)).toEqual(['a.mp4 queued', 'b.mp4 queued']);
  expect(await jobsOf(library)).toEqual([at('a.mp4')]);
  await take(['a.mp4', 'b.mp4']);
  expect((await jobsOf(library)).sort()).toEqual([at('a.mp4'), at('b.mp4')]);
});

test('a file that moves before anybody read it is the same item in its new place, and is not queued twice', async () => {
  const { library, states, take, at, folder } = await open();
  await writeFile(at('a.mp4'), 'aaa');
  await take(['a.mp4']);
  const [{ id } = { id: '' }] = (await library.listMedia({ sort: 'name', offset: 0, limit: 1 })).items;
  await rename(at('a.mp4'), at('moved.mp4'));
  await noteMissing({ library, states }, folder, () => false, signal);
  expect(await list(library)).toEqual(['a.mp4 offline']);
  await take(['moved.mp4']);
  expect(await list(library)).toEqual(['moved.mp4 queued']);
  expect((await library.getMedia(id)).item.path).toBe(at('moved.mp4'));
  expect(await jobsOf(library)).toHaveLength(1);
  expect((await library.search({ text: 'moved', limit: 5 })).hits).toHaveLength(1);
});

test('a file that moved after it was indexed is found again without being queued', async () => {
  const { library, take, at } = await open();
  await writeFile(at('a.mp4'), 'aaa');
  await take(['a.mp4']);
  const id = await index(library, at('a.mp4'));
  await rename(at('a.mp4'), at('moved.mp4'));
  expect((await take(['moved.mp4'])).unchanged).toBe(1);
  expect((await library.getMedia(id)).item).toMatchObject({ path: at('moved.mp4'), state: 'ready' });
  expect(await jobsOf(library)).toEqual([]);
});

test('another content of the same size and time is another file', async () => {
  const { library, take, at } = await open();
  const time = new Date(1_000_000);
  await writeFile(at('a.mp4'), 'aaa');
  await utimes(at('a.mp4'), time, time);
  await take(['a.mp4']);
  const id = await index(library, at('a.mp4'));
  await rm(at('a.mp4'));
  await writeFile(at('b.mp4'), 'bbb');
  await utimes(at('b.mp4'), time, time);
  await take(['b.mp4']);
  expect((await library.getMedia(id)).item.path).toBe(at('a.mp4'));
  expect(await jobsOf(library)).toEqual([at('b.mp4')]);
});

test('a changed file is queued and keeps its index until that is made anew; one that is unchanged is left alone', async () => {
  const { library, take, at } = await open();
  await writeFile(at('a.mp4'), 'aaa');
  await take(['a.mp4']);
  const id = await index(library, at('a.mp4'));
  expect((await take(['a.mp4'])).unchanged).toBe(1);
  await writeFile(at('a.mp4'), 'other');
  await take(['a.mp4']);
  expect((await library.getMedia(id)).item.state).toBe('queued');
  expect(await jobsOf(library)).toEqual([at('a.mp4')]);
});

test('what the person removed stays away unread and read, moved and in place; asked for it comes back', async () => {
  const { library, take, at } = await open();
  await writeFile(at('read.mp4'), 'aaa');
  await writeFile(at('unread.mp4'), 'bb');
  await take(['read.mp4', 'unread.mp4']);
  await index(library, at('read.mp4'));
  for (const { id } of (await library.listMedia({ sort: 'name', offset: 0, limit: 9 })).items)
    await library.removeMedia(id);
  expect((await take(['read.mp4', 'unread.mp4'])).unwanted).toHaveLength(2);
  await rename(at('read.mp4'), at('moved.mp4'));
  await rename(at('unread.mp4'), at('moved too.mp4'));
  expect((await take(['moved.mp4', 'moved too.mp4'])).unwanted).toHaveLength(2);
  // Its next move is known, too.
  await rename(at('moved.mp4'), at('again.mp4'));
  expect((await take(['again.mp4'])).unwanted).toEqual([at('again.mp4')]);
  expect(await list(library)).toEqual([]);
  await take(['again.mp4'], { isAsked: true });
  expect(await list(library)).toEqual(['again.mp4 queued']);
});

test('a copy of what the person removed is a file of its own', async () => {
  const { library, take, at } = await open();
  await writeFile(at('a.mp4'), 'aaa');
  await take(['a.mp4']);
  await library.removeMedia(await index(library, at('a.mp4')));
  await writeFile(at('copy.mp4'), 'aaa');
  expect((await take(['copy.mp4'])).unwanted).toEqual([]);
  expect(await list(library)).toEqual(['copy.mp4 queued']);
});
