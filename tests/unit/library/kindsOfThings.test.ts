import { describe, expect, it } from 'vitest';
import { namesOfKind } from '../../../src/main/library/search/kindsOfThings.ts';
import { addIndexedFile, knows, openTestLibrary } from './libraryFixture.ts';

async function library() {
  const opened = openTestLibrary();
  await addIndexedFile(opened, '/v/duet.mp4', [
    [knows('subtitle', 'This one is a ukulele.'), knows('thing', 'person')],
  ]);
  await addIndexedFile(opened, '/v/street.mp4', [[knows('thing', 'truck'), knows('subtitle', 'Such a nice cartoon!')]]);
  await addIndexedFile(opened, '/v/shop.mp4', [[knows('screenText', 'A shark and two violins')]]);
  await addIndexedFile(opened, '/v/any.mp4', [[knows('subtitle', 'Every instrument has a vehicle of its own.')]]);
  const search = async (text: string) => (await opened.search({ text, limit: 10 })).hits;
  return { search, filesFor: async (text: string) => (await search(text)).map(({ fileName }) => fileName).sort() };
}

describe('the name of a kind finds the things of that kind', () => {
  it.each([
    ['musical instrument', ['duet.mp4', 'shop.mp4']],
    ['musical instruments', ['duet.mp4', 'shop.mp4']],
    ['vehicle', ['any.mp4', 'street.mp4']],
    ['fish', ['shop.mp4']],
  ])('%s', async (asked, files) => {
    expect(await (await library()).filesFor(asked)).toEqual(files);
  });

  it('and says for what, but not the other way', async () => {
    const { search, filesFor } = await library();
    const [hit] = await search('musical instrument in a duet');
    expect(hit?.reasons.map(({ text }) => text)).toContain('This one is a «ukulele». (for “musical instrument”)');
    expect(await filesFor('bus')).toEqual([]);
    expect(await filesFor('lute')).toEqual([]);
  });

  it('of things that are nowhere finds nothing', async () => {
    const { filesFor } = await library();
    for (const asked of ['submarine', 'weapon', 'musical score', 'furniture'])
      expect(await filesFor(asked)).toEqual([]);
  });
});

describe('the names of a kind', () => {
  it('are those of all its kinds, by what each name means most often', () => {
    expect(namesOfKind('musical instrument')).toEqual(expect.arrayContaining(['ukulele', 'violin', 'grand piano']));
    expect(namesOfKind('vehicle')).toEqual(expect.arrayContaining(['car', 'bicycle', 'helicopter']));
    expect(namesOfKind('animal')).toEqual(expect.arrayContaining(['dog', 'eagle', 'shark']));
    expect(namesOfKind('plant')).toEqual(expect.arrayContaining(['rose', 'tulip']));
    expect(namesOfKind('furniture')).not.toContain('dog');
  });

  it('are none where it is no kind, or so wide a one that everything is of it', () => {
    for (const name of ['ukulele', 'device', 'container', 'qwertz', '', 'constructor'])
      expect(namesOfKind(name)).toEqual([]);
  });
});
