/** Which segments answer, where they open, and what is said of it. */
import { expect, test } from 'vitest';
import type { LibraryApi } from '../../../src/main/ports/libraryApi.ts';
import { addIndexedFile, knows, openTestLibrary, probed } from './libraryFixture.ts';

async function filesFound(library: LibraryApi, text: string): Promise<string[]> {
  const { hits } = await library.search({ text, limit: 40 });
  return [...new Set(hits.map((hit) => hit.fileName))];
}

test('a hit opens within the segment, where its rarest word is said or seen', async () => {
  const library = openTestLibrary();
  await addIndexedFile(library, '/v/talk.mp4', [
    [],
    [
      knows('caption', 'a dog in a kitchen', 10),
      { ...knows('thing', 'dog'), startSec: 12.5, endSec: 15 },
      { ...knows('subtitle', 'Where is the dog?'), startSec: 8, endSec: 11 },
      { ...knows('subtitle', 'In the kitchen again.'), startSec: 16, endSec: 17.5 },
    ],
  ]);
  const openedAt = async (text: string) => (await library.search({ text, limit: 5 })).hits[0]?.atSec;
  expect(await openedAt('"where is"')).toBe(10);
  expect(await openedAt('again')).toBe(16);
  expect(await openedAt('kitchen again')).toBe(16);
  expect(await openedAt('dog')).toBe(12.5);
  const { hits } = await library.search({ text: 'kitchen', limit: 5 });
  expect(hits[0]?.reasons.map(({ kind, atSec }) => [kind, atSec])).toEqual([
    ['caption', null],
    ['subtitle', 16],
  ]);
});

test('tags that change are found by their new words, folders by those of the new place', async () => {
  const library = openTestLibrary();
  await addIndexedFile(library, '/v/Iceland/a.mp4', [[knows('thing', 'person')]]);
  const tags = [{ name: 'artist', text: 'Nina Simone' }];
  await library.registerMedia({ ...probed('/v/Iceland/a.mp4'), tags });
  expect(await filesFound(library, 'simone iceland')).toEqual(['a.mp4']);
  await library.registerMedia({
    ...probed('/v/Norway/b.mp4', '/v/Iceland/a.mp4'),
    gone: ['/v/Iceland/a.mp4'],
    tags: [],
  });
  expect(await filesFound(library, 'simone')).toEqual([]);
  expect(await filesFound(library, 'iceland')).toEqual([]);
  expect(await filesFound(library, 'norway')).toEqual(['b.mp4']);
});

test('where nothing has all of the words, the thing without its colour may answer, and it is said', async () => {
  const library = openTestLibrary();
  await addIndexedFile(library, '/v/a.mp4', [[knows('caption', 'a green pepper on a table')]]);
  await addIndexedFile(library, '/v/b.mp4', [[knows('caption', 'a red circle, two beeps')]]);
  expect(await filesFound(library, 'red pepper')).toEqual(['a.mp4']);
  expect((await library.search({ text: 'red pepper', limit: 5 })).notices).toEqual([
    'Nothing has all of these words: “red”, “pepper”. These have some of them.',
  ]);
  expect((await library.search({ text: 'green pepper', limit: 5 })).notices).toEqual([]);
  expect(await filesFound(library, 'two men')).toEqual([]);
  expect(await filesFound(library, 'pepper grinder')).toEqual([]);
  expect(await filesFound(library, 'a pepper grinder on the table')).toEqual(['a.mp4']);
});

test('what is said across a cut is one hit, where it begins', async () => {
  const library = openTestLibrary();
  const cue = { ...knows('subtitle', 'Never again.'), startSec: 9, endSec: 12 };
  await addIndexedFile(library, '/v/cut.mp4', [[cue], [cue, knows('thing', 'dog', 10)]]);
  const openedAt = async (text: string) => (await library.search({ text, limit: 9 })).hits.map(({ atSec }) => atSec);
  expect(await openedAt('never again')).toEqual([9]);
  expect(await openedAt('never dog')).toEqual([10]);
});

test('a phrase is found over two cues of a sentence, and not over its end or a silence', async () => {
  const library = openTestLibrary();
  const cue = (text: string, startSec: number) => ({ ...knows('subtitle', text), startSec, endSec: startSec + 1.5 });
  await addIndexedFile(library, '/v/speech.mp4', [
    [cue('We shall never', 1), cue('surrender, he said.', 2.6), cue('Thank you', 4.2), cue('all.', 9)],
  ]);
  const { hits } = await library.search({ text: '"never surrender"', limit: 5 });
  expect(hits.map(({ atSec }) => atSec)).toEqual([1]);
  expect(hits[0]?.reasons[0]?.text).toBe('We shall «never surrender», he said.');
  expect(await filesFound(library, '"said thank"')).toEqual([]);
  expect(await filesFound(library, '"you all"')).toEqual([]);
});

test('a moment is found by its folder and what it shows, however many files are in the folder', async () => {
  const library = openTestLibrary();
  const boats = Array.from({ length: 260 }, () => [knows('thing', 'boat')]);
  await addIndexedFile(library, '/v/Norway/fjord.mp4', boats);
  for (let n = 0; n < 260; n++) {
    const seen = n === 259 ? 'a boat among many other things that are seen there' : 'a person';
    await addIndexedFile(library, `/v/Iceland/IMG_${n}.mp4`, [[knows('thing', 'clock')], [knows('caption', seen)]]);
  }
  const { hits } = await library.search({ text: 'iceland boat', limit: 10 });
  expect(hits.map(({ fileName, startSec }) => [fileName, startSec])).toEqual([['IMG_259.mp4', 10]]);
  expect((await library.search({ text: 'iceland', limit: 40 })).hits).toHaveLength(40);
});
