import { expect, test } from 'vitest';
import type { LibraryApi, SearchQuery } from '../../../src/main/ports/libraryApi.ts';
import { addIndexedFile, knows, openTestLibrary, probed } from './libraryFixture.ts';
import { smallWorld } from './smallWorld.ts';

/** The files of the hits, each once, in the order of their first hit. */
async function filesFound(library: LibraryApi, text: string, more: Partial<SearchQuery> = {}): Promise<string[]> {
  const { hits } = await library.search({ text, limit: 40, ...more });
  return [...new Set(hits.map((hit) => hit.fileName))];
}

test('a thing is found by any of its names, and the reason shows the word that was found', async () => {
  const library = await smallWorld();
  expect((await filesFound(library, 'tv')).sort()).toEqual(['living-room.mp4', 'set.mp4']);
  expect((await filesFound(library, 'televisions')).sort()).toEqual(['living-room.mp4', 'set.mp4']);
  expect(await filesFound(library, 'sofa')).toEqual(['living-room.mp4']);
  expect(await filesFound(library, 'houseplants')).toEqual(['living-room.mp4']);
  const { hits } = await library.search({ text: 'tv', limit: 10 });
  const set = hits.find((hit) => hit.fileName === 'set.mp4');
  expect(set?.reasons).toEqual([{ kind: 'thing', text: '«television» (for “tv”)', source: 'test thing', atSec: null }]);
  const room = hits.find((hit) => hit.fileName === 'living-room.mp4');
  expect(room?.reasons[0]).toEqual({ kind: 'thing', text: '«tv»', source: 'test thing', atSec: null });
  expect(hits[0]?.fileName).toBe('living-room.mp4');
});

test('people are found as persons, in number or alone', async () => {
  const library = await smallWorld();
  expect((await filesFound(library, 'people')).sort()).toEqual(['living-room.mp4', 'ukulele-duet.mp4']);
  expect((await filesFound(library, 'persons')).sort()).toEqual(['living-room.mp4', 'ukulele-duet.mp4']);
});

test('on-screen text is found whole, in part, glued together and with a typing error', async () => {
  const library = await smallWorld();
  for (const text of ['aquila', 'AQUILA', 'aquila strings', 'aquilla', 'aqui', 'aquilastrings']) {
    expect((await filesFound(library, text)).sort(), text).toEqual(['glued.mp4', 'ukulele-duet.mp4']);
  }
  const { hits } = await library.search({ text: 'aquilla strings', limit: 10 });
  expect(hits[0]?.reasons[0]?.text).toBe('«Aquila» «Strings» (close to “aquilla”)');
});

test('a name with an apostrophe is found with it, with a curly one, without it and by its parts', async () => {
  const library = openTestLibrary();
  await addIndexedFile(library, '/v/duet.mp4', [[knows('screenText', "Strings : D'Addario Pro Art")]]);
  for (const text of ["D'Addario", 'd’addario', 'daddario', 'addario', 'daddario strings']) {
    expect(await filesFound(library, text), text).toEqual(['duet.mp4']);
  }
  const { hits } = await library.search({ text: 'daddario', limit: 10 });
  expect(hits[0]?.reasons[0]?.text).toBe("Strings : «D'Addario» Pro Art");
});

test('words that were asked for side by side are found side by side first', async () => {
  const library = openTestLibrary();
  for (const [name, caption] of [
    ['mixed', 'A blue circle moves to the left, and a red square stays still.'],
    ['wanted', 'A yellow moon shrinks and a red circle moves, and a blue square stays still.'],
    ['other', 'A red square and a blue circle.'],
  ] as const) {
    await addIndexedFile(library, `/v/${name}.mp4`, [[knows('caption', caption)]]);
  }
  expect((await filesFound(library, 'a red circle and a blue square'))[0]).toBe('wanted.mp4');
  expect((await filesFound(library, 'a small red circle and a large blue square'))[0]).toBe('wanted.mp4');
});

test('accents and case do not matter', async () => {
  const library = await smallWorld();
  expect(await filesFound(library, 'kase')).toEqual(['café.mp4']);
  expect(await filesFound(library, 'KÄSE')).toEqual(['café.mp4']);
  expect(await filesFound(library, 'cafe')).toEqual(['café.mp4']);
});

test('a short word is not found inside another one', async () => {
  const library = await smallWorld();
  expect(await filesFound(library, 'rain')).toEqual([]);
  expect(await filesFound(library, 'lock')).toEqual([]);
});

test('words that are nowhere find nothing', async () => {
  const library = await smallWorld();
  for (const text of ['xqzvvk', 'blorfinated gwizzle', '', '   ', '!!!', '12345']) {
    expect((await library.search({ text, limit: 40 })).hits, text).toEqual([]);
  }
});

test('a question of stop words alone takes them as meant', async () => {
  expect(await filesFound(await smallWorld(), 'the')).toEqual(['ukulele-duet.mp4', 'café.mp4']);
});

test('stop words do not matter, whole questions can be asked', async () => {
  const library = await smallWorld();
  expect(await filesFound(library, 'where is the clock?')).toEqual(['living-room.mp4']);
  expect(await filesFound(library, 'show me a clock with the person')).toEqual(['living-room.mp4']);
});

test('a segment with all words is found, whatever kinds of knowledge hold them, and none with half of them', async () => {
  const library = await smallWorld();
  const { hits } = await library.search({ text: 'person aquila', limit: 10 });
  expect(hits[0]?.fileName).toBe('ukulele-duet.mp4');
  expect(hits[0]?.reasons.map((reason) => reason.text)).toEqual(
    expect.arrayContaining(['«Aquila» Strings', '«person»']),
  );
  expect(hits).toHaveLength(1);
});

test('a file name and what is in the file answer together', async () => {
  const library = await smallWorld();
  const { hits } = await library.search({ text: 'ukulele woman', limit: 10 });
  expect(hits[0]).toMatchObject({ fileName: 'ukulele-duet.mp4', startSec: 10 });
  expect(hits[0]?.reasons.map((reason) => reason.kind).sort()).toEqual(['caption', 'fileName']);
});

test('a file that is found by its name alone is one hit, its beginning', async () => {
  const library = openTestLibrary();
  await addIndexedFile(
    library,
    '/v/IMG_2024 BeachHoliday.mp4',
    Array.from({ length: 30 }, () => [knows('thing', 'person')]),
  );
  const { hits } = await library.search({ text: 'beach', limit: 40 });
  expect(hits).toHaveLength(1);
  expect(hits[0]).toMatchObject({ startSec: 0, reasons: [{ kind: 'fileName', text: 'IMG_2024 «Beach»Holiday.mp4' }] });
});

test('the extension of a file name finds nothing', async () => {
  expect(await filesFound(await smallWorld(), 'mp4')).toEqual([]);
});

test('a file with many hits lets others have their turn', async () => {
  const library = openTestLibrary();
  const dogs = Array.from({ length: 12 }, () => [knows('thing', 'dog')]);
  await addIndexedFile(library, '/v/many.mp4', dogs);
  await addIndexedFile(library, '/v/one.mp4', [[knows('caption', 'a very long caption in which also a dog is named')]]);
  const { hits } = await library.search({ text: 'dog', limit: 40 });
  expect(hits).toHaveLength(13);
  expect(hits.findIndex((hit) => hit.fileName === 'one.mp4')).toBeLessThan(4);
});

test('a search within one file finds nothing elsewhere', async () => {
  const library = await smallWorld();
  const { mediaId } = await addIndexedFile(library, '/v/third.mp4', [
    [knows('thing', 'clock')],
    [knows('thing', 'dog')],
  ]);
  const { hits } = await library.search({ text: 'clock', mediaId, limit: 10 });
  expect(hits.map((hit) => hit.fileName)).toEqual(['third.mp4']);
  expect((await library.search({ text: 'tv', mediaId, limit: 10 })).hits).toEqual([]);
});

test('languages without spaces are found by their parts', async () => {
  const library = openTestLibrary();
  await addIndexedFile(library, '/v/tokyo.mp4', [[knows('subtitle', '東京タワーの夜景')]]);
  expect(await filesFound(library, '東京')).toEqual(['tokyo.mp4']);
  expect(await filesFound(library, '夜景')).toEqual(['tokyo.mp4']);
  expect(await filesFound(library, '大阪')).toEqual([]);
});

test('scores fall from hit to hit', async () => {
  const library = await smallWorld();
  for (const text of ['person aquila', 'people play guitar in the train', 'tv clock couch']) {
    const scores = (await library.search({ text, limit: 40 })).hits.map((hit) => hit.score);
    expect(scores, text).toEqual(scores.toSorted((a, b) => b - a));
  }
});

test('files that are not indexed yet are told about', async () => {
  const library = await smallWorld();
  const { item } = await library.registerMedia(probed('/v/new.mp4'));
  await library.setMediaState(item.id, 'queued');
  expect((await library.search({ text: 'tv', limit: 1 })).notices).toEqual([
    'One file is still being indexed and cannot be found completely.',
  ]);
});

test('a heard voice is found by what it is asked for with, and is no person that is seen', async () => {
  const library = await smallWorld();
  await addIndexedFile(library, '/v/memo.m4a', [[knows('speech', 'a speaking voice')]]);
  await addIndexedFile(library, '/v/bar.wav', [[knows('speech', 'speech likely')]]);
  for (const text of ['someone speaks', 'is somebody talking?', 'when does anyone speak', 'talking', 'voices', 'talks'])
    expect(await filesFound(library, text), text).toEqual(['memo.m4a']);
  expect((await filesFound(library, 'speech')).sort()).toEqual(['bar.wav', 'memo.m4a']);
  for (const text of ['people', 'two people', 'singing', 'music'])
    expect(await filesFound(library, text), text).not.toContain('memo.m4a');
});

test('a long word is no misspelling of every longer one that begins with its letter', async () => {
  const library = openTestLibrary();
  await addIndexedFile(library, '/v/a.mp4', [[knows('screenText', 'shutterstock and AQUILASTRINGS')]]);
  expect((await library.search({ text: 'submarine', limit: 10 })).hits).toEqual([]);
  expect((await library.search({ text: 'aquilastrimg', limit: 10 })).hits).toHaveLength(1);
});
