/** A day in the life of a kept folder, through the whole engine: the disk changes, and the library stays true. */
import { copyFile, mkdir, rename, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { MediaItem } from '../../../src/contract/index.ts';
import { writeTone } from '../../support/media.ts';
import { itemsOf, openTestEngine, scanAll, type TestEngine } from './engineFixture.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 60_000 });

/** Short, so that the test waits for what happens and for nothing else. */
const times = { gather: 20, reach: 50, growth: 20, poll: 50 };

/** Long ago, so that nothing takes it for a file that is being written. */
async function age(path: string): Promise<void> {
  const earlier = new Date(Date.now() - 60_000);
  await utimes(path, earlier, earlier);
}

/** Made elsewhere and put into its place whole. */
async function makeTone(path: string, hz: number): Promise<void> {
  const made = join(path, '../..', `made ${hz}.wav`);
  await writeTone(made, hz);
  await age(made);
  await rename(made, path);
}

interface Life extends TestEngine {
  root: string;
  at(name: string): string;
}

async function openLife(): Promise<Life> {
  const opened = await openTestEngine({ watchRoots: times });
  const root = join(opened.folder, 'footage');
  await mkdir(root);
  return { ...opened, root, at: (name) => join(root, name) };
}

/** Waits until the library tells it so: every change is an event, and nothing is asked but after one. */
async function until(
  life: Life,
  holds: (items: Record<string, MediaItem>) => boolean,
): Promise<Record<string, MediaItem>> {
  return new Promise((resolve, reject) => {
    const look = async () => {
      const items = await itemsOf(life);
      if (holds(items)) finish(() => resolve(items));
    };
    const stop = life.engine.onEvent((event) => {
      if (event.type === 'libraryChanged') void look().catch((thrown) => finish(() => reject(thrown)));
    });
    const finish = (end: () => void) => {
      stop();
      end();
    };
    void look();
  });
}

const isReady = (item: MediaItem | undefined) => item?.state === 'ready';

/** Resolves when the folder is watched: what changes from now on is told. */
async function watched({ engine }: Life): Promise<void> {
  for (;;) {
    const changed = new Promise<void>((resolve) => {
      const stop = engine.onEvent((event) => {
        if (event.type !== 'rootsChanged') return;
        stop();
        resolve();
      });
    });
    const roots = await engine.api.listRoots({});
    if (roots.length > 0 && roots.every(({ state }) => state === 'watched' || state === 'polled')) return;
    await changed;
  }
}

test('a folder lives through a day: each change on the disk is followed, and nothing that is known is lost', async () => {
  const life = await openLife();
  const { api } = life.engine;
  await makeTone(life.at('a.wav'), 440);
  await scanAll(life, life.root);
  await watched(life);

  // Add.
  await makeTone(life.at('b.wav'), 550);
  const { 'a.wav': a, 'b.wav': b } = await until(life, (items) => isReady(items['a.wav']) && isReady(items['b.wav']));
  await api.markMedia({ mediaIds: [a?.id as string], rating: 5, addTags: ['first'] });

  // Rename, then move into a folder of its own.
  await rename(life.at('a.wav'), life.at('c.wav'));
  expect((await until(life, (items) => isReady(items['c.wav'])))['c.wav']?.id).toBe(a?.id);
  await mkdir(life.at('deep'));
  await rename(life.at('c.wav'), life.at('deep/c.wav'));
  const moved = await until(life, (items) => items['c.wav']?.path === life.at('deep/c.wav') && isReady(items['c.wav']));
  expect(moved['c.wav']).toMatchObject({ id: a?.id, marks: { rating: 5, tags: ['first'] } });
  expect(Object.keys(moved).sort()).toEqual(['b.wav', 'c.wav']);

  // Unplug, and plug in again.
  await rename(life.root, `${life.root} away`);
  await until(life, (items) => Object.values(items).every(({ state }) => state === 'offline'));
  expect(await api.listRoots({})).toMatchObject([
    { state: 'offline', reason: 'The folder cannot be reached.', files: 2 },
  ]);
  await rename(`${life.root} away`, life.root);
  const back = await until(life, (items) => Object.values(items).every(isReady));
  expect([back['b.wav']?.id, back['c.wav']?.id]).toEqual([b?.id, a?.id]);
  await watched(life);

  // Another recording is copied over one.
  await writeTone(join(life.folder, 'other.wav'), 660, 2);
  await age(join(life.folder, 'other.wav'));
  await rename(join(life.folder, 'other.wav'), life.at('b.wav'));
  const other = await until(
    life,
    (items) => isReady(items['b.wav']) && Math.round(items['b.wav']?.durationSec ?? 0) === 2,
  );
  expect(other['b.wav']?.id).toBe(b?.id);

  // Delete, and restore.
  await rename(life.at('deep/c.wav'), join(life.folder, 'c.wav'));
  await until(life, (items) => items['c.wav']?.state === 'offline');
  await rename(join(life.folder, 'c.wav'), life.at('deep/c.wav'));
  expect((await until(life, (items) => isReady(items['c.wav'])))['c.wav']).toMatchObject({
    ...{ id: a?.id, marks: { rating: 5, tags: ['first'] } },
  });
});

test('a file that the person removed stays away, in its place and where it is moved, until they add it again', async () => {
  const life = await openLife();
  await makeTone(life.at('a.wav'), 440);
  await makeTone(life.at('b.wav'), 550);
  await scanAll(life, life.root);
  await watched(life);
  const { 'a.wav': a } = await itemsOf(life);
  await life.engine.api.removeMedia({ mediaId: a?.id as string });

  const rescan = async () => {
    const { jobIds } = await life.engine.api.rescan({});
    await life.engine.whenIdle();
    return life.events.findLast((job) => job.id === jobIds[0])?.result;
  };
  const reason = 'files that you removed from the library';
  expect((await rescan())?.passedOver).toMatchObject([{ reason, count: 1, examples: [life.at('a.wav')] }]);
  await mkdir(life.at('deep'));
  await rename(life.at('a.wav'), life.at('deep/z.wav'));
  // Seen by the same look as the one that is new.
  await makeTone(life.at('c.wav'), 660);
  await until(life, (items) => isReady(items['c.wav']));
  expect((await rescan())?.passedOver).toMatchObject([{ reason, examples: [life.at('deep/z.wav')] }]);
  expect(Object.keys(await itemsOf(life)).sort()).toEqual(['b.wav', 'c.wav']);

  await scanAll(life, life.at('deep/z.wav'));
  expect((await itemsOf(life))['z.wav']).toMatchObject({ id: a?.id, state: 'ready' });
});

test('what changed while the program was closed is known when it is opened', async () => {
  const life = await openLife();
  await makeTone(life.at('a.wav'), 440);
  await makeTone(life.at('b.wav'), 550);
  await scanAll(life, life.root);
  await watched(life);
  const before = await itemsOf(life);
  await life.engine.close();

  await rename(life.at('a.wav'), life.at('moved.wav'));
  await rm(life.at('b.wav'));
  await makeTone(life.at('new.wav'), 660);
  const again: Life = { ...life, ...(await life.reopen()) };
  const after = await until(again, (items) => isReady(items['new.wav']) && items['b.wav']?.state === 'offline');
  expect(Object.keys(after).sort()).toEqual(['b.wav', 'moved.wav', 'new.wav']);
  expect(after['moved.wav']?.id).toBe(before['a.wav']?.id);
});

test('what the patterns of a folder leave out is passed over, and told', async () => {
  const life = await openLife();
  await makeTone(life.at('a.wav'), 440);
  await scanAll(life, life.root);
  await watched(life);
  const [root] = await life.engine.api.listRoots({});
  await life.engine.api.changeRoot({ rootId: root?.id as string, ignore: ['*.proxy.wav', 'Renders'] });
  await life.engine.whenIdle();
  await mkdir(life.at('Renders'));
  await makeTone(life.at('a.proxy.wav'), 550);
  await copyFile(life.at('a.proxy.wav'), life.at('Renders/r.wav'));
  await makeTone(life.at('b.wav'), 660);
  await until(life, (items) => isReady(items['b.wav']));
  const { jobIds } = await life.engine.api.rescan({ rootId: root?.id });
  await life.engine.whenIdle();
  expect(life.events.findLast((job) => job.id === jobIds[0])?.result?.passedOver).toMatchObject([
    { reason: 'left out by the patterns of their folder', count: 2 },
  ]);
  expect(Object.keys(await itemsOf(life)).sort()).toEqual(['a.wav', 'b.wav']);
});

test('a folder that is removed with its files takes them along, and their jobs; one without leaves them', async () => {
  const life = await openLife();
  await makeTone(life.at('a.wav'), 440);
  await scanAll(life, life.root);
  await watched(life);
  const [root] = await life.engine.api.listRoots({});
  expect(await life.engine.api.removeRoot({ rootId: root?.id as string })).toEqual({ files: 0 });
  expect(Object.keys(await itemsOf(life))).toEqual(['a.wav']);
  await scanAll(life, life.root);
  const [again] = await life.engine.api.listRoots({});
  expect(await life.engine.api.removeRoot({ rootId: again?.id as string, withFiles: true })).toEqual({ files: 1 });
  expect([await itemsOf(life), await life.engine.api.listRoots({})]).toEqual([{}, []]);
  await scanAll(life, life.root);
  expect((await itemsOf(life))['a.wav']?.state).toBe('ready');
});
