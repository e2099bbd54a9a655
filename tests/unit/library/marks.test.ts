/** What the person says of files is kept by the file, whatever becomes of its place and its index. */
import { expect, test } from 'vitest';
import { noMarks } from '../../../src/contract/index.ts';
import type { LibraryApi } from '../../../src/main/ports/libraryApi.ts';
import { addIndexedFile, knows, openTestLibrary, probed } from './libraryFixture.ts';

async function idsOf(library: LibraryApi, query: Partial<Parameters<LibraryApi['listMedia']>[0]>): Promise<string[]> {
  const { items } = await library.listMedia({ sort: 'name', offset: 0, limit: 100, ...query });
  return items.map(({ path }) => path);
}

async function fileAt(library: LibraryApi, path: string): Promise<string> {
  return (await library.registerMedia(probed(path))).item.id;
}

const marksOf = async (library: LibraryApi, id: string) => (await library.getMedia(id)).item.marks;

test('what a change leaves out stays', async () => {
  const library = openTestLibrary();
  const id = await fileAt(library, '/v/a.mp4');
  expect(await marksOf(library, id)).toEqual(noMarks);
  await library.markFiles([id], { title: 'Our wedding', rating: 4, note: 'ask Ada', addTags: ['Family', 'été'] });
  await library.markFiles([id], { isFavourite: true, removeTags: ['family'] });
  expect(await marksOf(library, id)).toMatchObject({
    ...{ title: 'Our wedding', rating: 4, note: 'ask Ada', isFavourite: true, tags: ['été'] },
  });
  await library.markFiles([id], { title: null, rating: null });
  expect(await marksOf(library, id)).toMatchObject({ title: null, rating: null, note: 'ask Ada' });
});

test('many files are marked at once, and those that are gone are passed over', async () => {
  const library = openTestLibrary();
  const [a, b] = [await fileAt(library, '/v/a.mp4'), await fileAt(library, '/v/b.mp4')];
  expect(await library.markFiles([a, 'nobody', b], { addTags: ['trip'] })).toEqual([a, b]);
  expect(await library.listTags()).toEqual([{ name: 'trip', files: 2 }]);
});

test('a tag is one in every spelling, and keeps its first', async () => {
  const library = openTestLibrary();
  const [a, b] = [await fileAt(library, '/v/a.mp4'), await fileAt(library, '/v/b.mp4')];
  await library.markFiles([a], { addTags: ['Été 2025'] });
  await library.markFiles([b], { addTags: ['ete  2025'] });
  expect(await library.listTags()).toEqual([{ name: 'Été 2025', files: 2 }]);
  expect(await idsOf(library, { within: { tag: 'ÉTÉ 2025' } })).toEqual(['/v/a.mp4', '/v/b.mp4']);
});

test('the list is narrowed to a tag, a collection, the favourites, and ordered by rating and by opening', async () => {
  const library = openTestLibrary();
  const ids = [];
  for (const name of ['a', 'b', 'c']) ids.push(await fileAt(library, `/v/${name}.mp4`));
  const [a, b, c] = ids as [string, string, string];
  await library.markFiles([b], { rating: 5, isFavourite: true });
  await library.markFiles([c], { rating: 2, title: 'Aardvark' });
  const { id: collectionId } = await library.saveCollection({ name: 'Best', search: null });
  await library.collectFiles(collectionId, { add: [a, b, 'nobody'], remove: [] });
  await library.rememberOpened(a, 12.5);
  expect(await idsOf(library, { sort: 'rating' })).toEqual(['/v/b.mp4', '/v/c.mp4', '/v/a.mp4']);
  expect((await idsOf(library, { sort: 'opened' }))[0]).toBe('/v/a.mp4');
  expect(await idsOf(library, { within: { isFavourite: true } })).toEqual(['/v/b.mp4']);
  expect(await idsOf(library, { within: { collectionId } })).toEqual(['/v/a.mp4', '/v/b.mp4']);
  expect(await idsOf(library, { sort: 'name' })).toEqual(['/v/a.mp4', '/v/c.mp4', '/v/b.mp4']);
  expect(await idsOf(library, { text: 'aard' })).toEqual(['/v/c.mp4']);
});

test('a place in a film is kept until another is told, or forgotten', async () => {
  const library = openTestLibrary();
  const id = await fileAt(library, '/v/a.mp4');
  await library.rememberOpened(id, 61.5);
  const openedAt = await library.rememberOpened(id);
  expect(await marksOf(library, id)).toMatchObject({ resumeSec: 61.5, openedAt });
  await library.rememberOpened(id, null);
  expect((await marksOf(library, id)).resumeSec).toBeNull();
  await expect(library.rememberOpened('nobody')).rejects.toMatchObject({ code: 'not-found' });
});

test('a file is found by its title, its tags and its note, and no more by what is taken back', async () => {
  const library = openTestLibrary();
  const { mediaId } = await addIndexedFile(library, '/v/a.mp4', [[knows('thing', 'cat')]]);
  const found = async (text: string) => (await library.search({ text, limit: 5 })).hits.length;
  await library.markFiles([mediaId], { title: 'Grandmother', addTags: ['heirloom'], note: 'digitised by Otto' });
  expect([await found('grandmother'), await found('heirloom'), await found('otto')]).toEqual([1, 1, 1]);
  await library.markFiles([mediaId], { removeTags: ['heirloom'] });
  expect(await found('heirloom')).toBe(0);
});

test('words about a file survive its removal, and come back with its content', async () => {
  const library = openTestLibrary();
  const id = await fileAt(library, '/v/a.mp4');
  await library.markFiles([id], { rating: 5, addTags: ['trip'] });
  const { id: collectionId } = await library.saveCollection({ name: 'Best', search: null });
  await library.collectFiles(collectionId, { add: [id], remove: [] });
  await library.removeMedia(id);
  expect([await library.listTags(), (await library.listCollections())[0]?.files]).toEqual([[], 0]);
  const again = await library.registerMedia(probed('/v/moved.mp4', '/v/a.mp4'));
  expect(again.item).toMatchObject({ id, marks: { rating: 5, tags: ['trip'] } });
  expect((await library.listCollections())[0]?.files).toBe(1);
});

test('a file that gives up its place to another is kept with what was said of it', async () => {
  const library = openTestLibrary();
  const [a, b] = [await fileAt(library, '/v/a.mp4'), await fileAt(library, '/v/b.mp4')];
  await library.markFiles([b], { rating: 3 });
  // The content of a was moved over b.
  const { known } = await library.registerMedia({ ...probed('/v/b.mp4', '/v/a.mp4'), gone: ['/v/a.mp4'] });
  expect(known).toBe('moved');
  expect(await idsOf(library, {})).toEqual(['/v/b.mp4']);
  const back = await library.registerMedia(probed('/v/c.mp4', '/v/b.mp4'));
  expect(back.item).toMatchObject({ id: b, marks: { rating: 3 } });
  expect(a).not.toBe(b);
});

test('a collection is renamed and deleted without its files; a smart one is filled by its search alone', async () => {
  const library = openTestLibrary();
  const id = await fileAt(library, '/v/a.mp4');
  const { id: collectionId } = await library.saveCollection({ name: 'Trip', search: null });
  await library.collectFiles(collectionId, { add: [id], remove: [] });
  expect(await library.saveCollection({ id: collectionId, name: 'Journey', search: null })).toMatchObject({
    ...{ name: 'Journey', files: 1 },
  });
  const smart = await library.saveCollection({ name: 'Bells', search: 'ringing bells' });
  await expect(library.collectFiles(smart.id, { add: [id], remove: [] })).rejects.toMatchObject({
    code: 'invalid-input',
  });
  expect((await library.listCollections()).map(({ name }) => name)).toEqual(['Bells', 'Journey']);
  expect([await library.deleteCollection(collectionId), await library.deleteCollection(collectionId)]).toEqual([
    ...[true, false],
  ]);
  expect(await idsOf(library, {})).toEqual(['/v/a.mp4']);
  await expect(library.saveCollection({ id: collectionId, name: 'x', search: null })).rejects.toMatchObject({
    code: 'not-found',
  });
});
