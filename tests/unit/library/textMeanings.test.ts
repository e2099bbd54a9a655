/** Texts that are found by what they mean. The meanings are made by hand: a direction for each thing that is spoken of. */
import { describe, expect, it } from 'vitest';
import { nearEnough } from '../../../src/main/library/search/findTexts.ts';
import type { NewKnowledge } from '../../../src/main/ports/libraryApi.ts';
import { addIndexedFile, knows, openTestLibrary } from './libraryFixture.ts';

/** A direction, and a little of another one. */
function about(topic: number, aside = 1): number[] {
  return Array.from({ length: 512 }, (_, at) => (at === topic ? 0.8 : at === topic + aside ? 0.6 : 0));
}

function says(text: string, topic: number, startSec = 0): NewKnowledge {
  return { ...knows('subtitle', text, startSec), endSec: startSec + 2, meaning: about(topic) };
}

async function library() {
  const opened = openTestLibrary();
  const music = await addIndexedFile(opened, '/v/duet.mp4', [
    [knows('thing', 'person'), says('He tightens all strings.', 10, 4)],
    [says('The train leaves at nine.', 20, 13)],
  ]);
  const other = await addIndexedFile(opened, '/v/kitchen.mp4', [[says('Now the onions.', 30)]]);
  const search = (text: string, topic: number, more = {}) =>
    opened.search({ text, limit: 10, meaning: about(topic, 2), ...more });
  return { opened, music, other, search };
}

describe('a text that means what was asked for', () => {
  it('is found without a word in common, opens where it is said, and is the reason', async () => {
    const { search } = await library();
    const { hits } = await search('preparing for a concert', 10);
    expect(hits.map(({ fileName, atSec }) => [fileName, atSec])).toEqual([['duet.mp4', 4]]);
    expect(hits[0]?.reasons).toEqual([
      { kind: 'meaning', text: 'similar meaning: “He tightens all strings.”', source: 'test subtitle', atSec: 4 },
    ]);
  });

  it('is told by its words where it has some of them', async () => {
    const { search } = await library();
    const { hits } = await search('strings for a concert', 10);
    expect(hits[0]?.reasons.map(({ kind, text }) => [kind, text])).toEqual([
      ['subtitle', 'He tightens all «strings».'],
    ]);
  });

  it('comes behind what has all of the words', async () => {
    const { search } = await library();
    const { hits } = await search('the onions now', 10);
    expect(hits.map(({ fileName }) => fileName)).toEqual(['kitchen.mp4', 'duet.mp4']);
  });

  it('is not found by one word alone, by a phrase in quotes, or in another file', async () => {
    const { search, other } = await library();
    expect((await search('concert', 10)).hits).toEqual([]);
    expect((await search('"preparing for a concert"', 10)).hits).toEqual([]);
    expect((await search('preparing for a concert', 10, { mediaId: other.mediaId })).hits).toEqual([]);
    expect((await search('making of a dinner', 30, { mediaId: other.mediaId })).hits).toHaveLength(1);
  });

  it('is not found any more when it is not known any more', async () => {
    const { opened, music, search } = await library();
    await opened.replaceKnowledge(music.segmentIds[0] as string, [knows('subtitle', 'Something else.')]);
    expect((await search('preparing for a concert', 10)).hits).toEqual([]);
    expect((await search('a railway departure', 20)).hits).toHaveLength(1);
    await opened.removeMedia(music.mediaId);
    expect((await search('a railway departure', 20)).hits).toEqual([]);
    expect(await opened.hasMeanings()).toBe(true);
  });

  it('of a place in the index that got a new owner is forgotten with the old one', async () => {
    const { opened, other, search } = await library();
    await opened.replaceSegments(other.mediaId, [{ startSec: 0, endSec: 10, thumbnailPath: null }]);
    await addIndexedFile(opened, '/v/new.mp4', [[knows('subtitle', 'Words without a meaning.')]]);
    expect((await search('making of a dinner', 30)).hits).toEqual([]);
  });
});

it('a library without such texts says so, so that nothing is opened for them', async () => {
  const opened = openTestLibrary();
  expect(await opened.hasMeanings()).toBe(false);
  await addIndexedFile(opened, '/v/a.mp4', [[knows('subtitle', 'Words alone.')]]);
  expect(await opened.hasMeanings()).toBe(false);
  expect((await opened.search({ text: 'something similar', limit: 5, meaning: about(1) })).hits).toEqual([]);
});

it('the more texts there are, the nearer one must be, since some lie near by chance', () => {
  const floors = [1, 5, 20, 159, 10_000, 1_000_000].map(nearEnough);
  expect(floors).toEqual(floors.toSorted((a, b) => a - b));
  expect([floors[0], floors.at(-1)]).toEqual([0.45, 0.75]);
});
