/** Folders that are kept, and files of which no more is known than their folders tell. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { LibraryApi } from '../../../src/main/ports/libraryApi.ts';
import type { NamedFile } from '../../../src/main/ports/rootsApi.ts';
import { addIndexedFile, aJob, knows, openTestLibrary, probed, temporaryFolder } from './libraryFixture.ts';

function named(path: string, fields: Partial<NamedFile> = {}): NamedFile {
  return { id: path, path, kind: 'video', sizeBytes: 10, modifiedMs: 1000, isSample: false, ...fields };
}

const pathsOf = async (library: LibraryApi) => (await library.listRoots()).map(({ path }) => path);

test('a folder within a root is that root, and a folder around roots takes them in', async () => {
  const library = openTestLibrary();
  const films = await library.addRoot('/v/films');
  expect((await library.addRoot('/v/films/2024')).id).toBe(films.id);
  await library.addRoot('/v/films too');
  expect(await pathsOf(library)).toEqual(['/v/films', '/v/films too']);
  await library.addRoot('/v');
  expect(await pathsOf(library)).toEqual(['/v']);
});

test('a root counts the files in it, and no others', async () => {
  const library = openTestLibrary();
  for (const path of ['/v/a.mp4', '/v/deep/er/b.mp4', '/v2/c.mp4', '/v.mp4']) await library.registerMedia(probed(path));
  expect(await library.addRoot('/v')).toMatchObject({ files: 2, lookedAt: null, ignore: [] });
});

test('what is changed of a root stays, and one that is not there is told', async () => {
  const library = openTestLibrary();
  const { id } = await library.addRoot('/v');
  await library.changeRoot(id, { ignore: ['*.tmp.mp4'] });
  await library.changeRoot(id, { lookedAt: '2026-11-29T10:00:00.000Z' });
  expect(await library.listRoots()).toMatchObject([{ ignore: ['*.tmp.mp4'], lookedAt: '2026-11-29T10:00:00.000Z' }]);
  await expect(library.changeRoot('nobody', {})).rejects.toMatchObject({ code: 'not-found' });
});

test('a root is removed with its files or without; with them, what was said of one comes back with it', async () => {
  const library = openTestLibrary();
  const { mediaId } = await addIndexedFile(library, '/v/a.mp4', [[knows('thing', 'cat')]]);
  await library.markFiles([mediaId], { rating: 4 });
  const first = await library.addRoot('/v');
  expect(await library.removeRoot(first.id, false)).toEqual([]);
  const second = await library.addRoot('/v');
  expect(await library.removeRoot(second.id, true)).toEqual([mediaId]);
  expect((await library.search({ text: 'cat', limit: 5 })).hits).toEqual([]);
  expect(await library.knownFilesLike(probed('/v/a.mp4').fingerprint)).toMatchObject([
    { isRemoved: true, isUnwanted: false },
  ]);
  expect((await library.registerMedia(probed('/v/a.mp4'))).item).toMatchObject({ id: mediaId, marks: { rating: 4 } });
});

test('a file is in the list and found by its name and folder before anything of it is read', async () => {
  const library = openTestLibrary();
  const job = aJob('job', { mediaId: '/v/harbour/sunset.mp4' });
  expect(await library.nameFiles([named('/v/harbour/sunset.mp4')], [job])).toEqual(['/v/harbour/sunset.mp4']);
  const { items } = await library.listMedia({ sort: 'name', offset: 0, limit: 9 });
  expect(items).toMatchObject([{ fileName: 'sunset.mp4', state: 'queued', segmentCount: 0 }]);
  for (const text of ['sunset', 'harbour']) {
    expect((await library.search({ text, limit: 5 })).hits).toMatchObject([{ fileName: 'sunset.mp4', startSec: 0 }]);
  }
  expect((await library.getMedia('/v/harbour/sunset.mp4')).segments).toEqual([]);
  expect((await library.nextJob(['index']))?.id).toBe('job');
});

test('a path that is known is not named again, and its job is not queued twice', async () => {
  const library = openTestLibrary();
  await library.nameFiles([named('/v/a.mp4')], [aJob('first', { mediaId: '/v/a.mp4' })]);
  const again = named('/v/a.mp4', { id: 'again' });
  expect(await library.nameFiles([again], [aJob('second', { mediaId: 'again' })])).toEqual([]);
  expect((await library.listJobs({ limit: 9 })).map(({ id }) => id)).toEqual(['first']);
});

test('a named file stays itself when it is read, and its name finds it once', async () => {
  const library = openTestLibrary();
  await library.nameFiles([named('/v/a.mp4')], []);
  expect(await library.listUnread(9, [])).toMatchObject([{ id: '/v/a.mp4' }]);
  const { item, known } = await library.registerMedia(probed('/v/a.mp4'));
  expect([item.id, item.durationSec, known]).toEqual(['/v/a.mp4', 60, 'new']);
  expect(await library.listUnread(9, [])).toEqual([]);
  await library.replaceSegments(item.id, [{ startSec: 0, endSec: 10, thumbnailPath: null }]);
  expect((await library.search({ text: 'a', limit: 5 })).hits).toHaveLength(1);
  expect((await library.getMedia(item.id)).segments).toHaveLength(1);
});

test('a named file that turns out to be one that moved gives way to it', async () => {
  const library = openTestLibrary();
  const { mediaId } = await addIndexedFile(library, '/v/a.mp4', [[knows('thing', 'cat')]]);
  await library.nameFiles([named('/v/b.mp4')], []);
  const { item, known } = await library.registerMedia({ ...probed('/v/b.mp4', '/v/a.mp4'), gone: ['/v/a.mp4'] });
  expect([item.id, item.state, known]).toEqual([mediaId, 'ready', 'moved']);
  expect((await library.counts()).media).toBe(1);
});

test('unread files come smallest first, without those that were tried and those that are away', async () => {
  const library = openTestLibrary();
  const sizes = { '/v/large.mp4': 30, '/v/small.mp4': 10, '/v/middle.mp4': 20, '/v/away.mp4': 1 };
  await library.nameFiles(
    Object.entries(sizes).map(([path, sizeBytes]) => named(path, { sizeBytes })),
    [],
  );
  expect(await library.setOffline(['/v/away.mp4'], true)).toEqual(['/v/away.mp4']);
  const unread = await library.listUnread(9, ['/v/small.mp4']);
  expect(unread.map(({ id }) => id)).toEqual(['/v/middle.mp4', '/v/large.mp4']);
});

test('a file that is away keeps its state beside it, whatever that is, and has it again when it is back', async () => {
  const library = openTestLibrary();
  await library.nameFiles([named('/v/a.mp4')], []);
  await library.setOffline(['/v/a.mp4', 'nobody'], true);
  expect((await library.getMedia('/v/a.mp4')).item.state).toBe('offline');
  expect(await library.listForgottenFiles()).toEqual([]);
  expect(await library.setOffline(['/v/a.mp4'], true)).toEqual([]);
  await library.setOffline(['/v/a.mp4'], false);
  expect((await library.getMedia('/v/a.mp4')).item.state).toBe('queued');
});

test('the files at a path are those in it, page by page, with those that the person removed', async () => {
  const library = openTestLibrary();
  for (const path of ['/v/a.mp4', '/v/b/c.mp4', '/v/b.mp4', '/w/d.mp4']) await library.nameFiles([named(path)], []);
  await library.removeMedia('/v/b.mp4');
  const list = (path: string, after = '', limit = 9) => library.listFilesAt(path, { after, limit });
  expect((await list('/v')).map(({ path, isUnwanted }) => [path, isUnwanted])).toEqual([
    ['/v/a.mp4', false],
    ['/v/b.mp4', true],
    ['/v/b/c.mp4', false],
  ]);
  expect((await list('/v', '/v/a.mp4', 1)).map(({ path }) => path)).toEqual(['/v/b.mp4']);
  expect((await list('/v/a.mp4')).map(({ path }) => path)).toEqual(['/v/a.mp4']);
});

test('a lost index leaves every file findable by its name', async () => {
  const folder = temporaryFolder();
  const library = openTestLibrary(folder);
  await library.nameFiles([named('/v/sunset.mp4')], []);
  await addIndexedFile(library, '/v/moon.mp4', [[knows('thing', 'cat')]]);
  await library.close();
  rmSync(join(folder, 'index.sqlite'));
  const again = openTestLibrary(folder);
  for (const text of ['sunset', 'moon']) expect((await again.search({ text, limit: 5 })).hits).toHaveLength(1);
});

test('a file that the person removed is known by where it was seen last', async () => {
  const library = openTestLibrary();
  await library.nameFiles([named('/v/sunset.mp4')], []);
  await library.removeMedia('/v/sunset.mp4');
  await library.noteMoved('/v/sunset.mp4', '/v/elsewhere.mp4', 2000);
  const [place] = await library.placeFiles([{ path: '/v/new.mp4', sizeBytes: 10, modifiedMs: 1 }]);
  expect(place?.sameSize).toMatchObject([
    { path: '/v/elsewhere.mp4', modifiedMs: 2000, isUnwanted: true, isRemoved: true },
  ]);
});
