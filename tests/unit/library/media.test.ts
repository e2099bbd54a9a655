import { describe, expect, test } from 'vitest';
import { addIndexedFile, knows, openTestLibrary, probed } from './libraryFixture.ts';

test('what was probed comes back whole, with its routes', async () => {
  const library = openTestLibrary();
  const path = '/v/with spaces/Ferien 🏖️ “Tag 1”.mp4';
  const { item, known } = await library.registerMedia({ ...probed(path), isSample: true });
  expect(known).toBe('new');
  expect(item).toMatchObject({
    path,
    fileName: 'Ferien 🏖️ “Tag 1”.mp4',
    kind: 'video',
    durationSec: 60,
    fps: 29.97,
    hasAudio: true,
    videoCodec: 'h264',
    sizeBytes: 5_000_000_000,
    state: 'registered',
    isSample: true,
    error: null,
    notices: [],
    segmentCount: 0,
    thumbnail: null,
    stream: `media/${item.id}`,
  });
  expect(await library.mediaFile(item.id)).toBe(path);
  expect(await library.mediaFile('../../etc/passwd')).toBeNull();
});

test('the same file again is the same item', async () => {
  const library = openTestLibrary();
  const first = await library.registerMedia(probed('/v/a.mp4'));
  const again = await library.registerMedia(probed('/v/a.mp4'));
  expect(again).toEqual({ known: 'same', copyOf: null, item: first.item });
});

test('a renamed file keeps its id, index and conversations, and is found by its new name', async () => {
  const library = openTestLibrary();
  const { item } = await library.registerMedia(probed('/v/before.mp4', 'content'));
  const [segmentId] = await library.replaceSegments(item.id, [{ startSec: 0, endSec: 9, thumbnailPath: null }]);
  await library.setMediaState(item.id, 'ready');
  await library.createConversation(item.id, 'what is it?');

  const moved = await library.registerMedia({ ...probed('/v/holiday.mp4', 'content'), gone: ['/v/before.mp4'] });
  expect(moved).toMatchObject({
    known: 'moved',
    copyOf: null,
    item: { id: item.id, fileName: 'holiday.mp4', state: 'ready' },
  });
  expect((await library.getMedia(item.id)).segments.map((segment) => segment.id)).toEqual([segmentId]);
  expect(await library.listConversations(item.id)).toHaveLength(1);
  expect((await library.search({ text: 'holiday', limit: 5 })).hits).toHaveLength(1);
  expect((await library.search({ text: 'before', limit: 5 })).hits).toHaveLength(0);
});

test('a copy beside the original is an item of its own, and says of which file it is one', async () => {
  const library = openTestLibrary();
  const original = await library.registerMedia(probed('/v/a.mp4', 'content'));
  const copy = await library.registerMedia(probed('/v/copy of a.mp4', 'content'));
  expect(copy).toMatchObject({ known: 'new', copyOf: '/v/a.mp4' });
  expect(copy.item.id).not.toBe(original.item.id);
});

test('of two copies of a file that is gone, one takes its place and the other is a copy, also when both are met at once', async () => {
  const library = openTestLibrary();
  const { item } = await library.registerMedia(probed('/v/a.mp4', 'content'));
  const [b, c] = await Promise.all(
    ['/v/b.mp4', '/v/c.mp4'].map((path) => library.registerMedia({ ...probed(path, 'content'), gone: ['/v/a.mp4'] })),
  );
  expect(b).toMatchObject({ known: 'moved', item: { id: item.id } });
  expect(c).toMatchObject({ known: 'new', copyOf: '/v/b.mp4' });
});

describe('of two takes that begin and end alike', () => {
  const take = (path: string, whole: string | null, modifiedMs = 1) => ({
    ...probed(path, 'the same ends'),
    contentHash: whole,
    modifiedMs,
  });

  test('none inherits the other’s index or conversations', async () => {
    const library = openTestLibrary();
    const first = await library.registerMedia(take('/v/mix.wav', 'take 1'));
    await library.createConversation(first.item.id, 'about take 1');
    const second = await library.registerMedia({ ...take('/v/other.wav', 'take 2'), gone: ['/v/mix.wav'] });
    expect(second).toMatchObject({ known: 'new', copyOf: null });
    expect(second.item.id).not.toBe(first.item.id);
  });

  test('one that is written over the other is noticed', async () => {
    const library = openTestLibrary();
    await library.registerMedia(take('/v/mix.wav', 'take 1'));
    expect(await library.registerMedia(take('/v/mix.wav', 'take 2', 2))).toMatchObject({ known: 'changed' });
    expect(await library.registerMedia(take('/v/mix.wav', 'take 2', 3))).toMatchObject({ known: 'same' });
  });

  test('the time of the last change decides where one was never read whole', async () => {
    const library = openTestLibrary();
    const { item } = await library.registerMedia(take('/v/mix.wav', null, 1));
    expect(await library.registerMedia(take('/v/mix.wav', null, 1))).toMatchObject({ known: 'same' });
    const other = await library.registerMedia({ ...take('/v/take2.wav', 'take 2', 2), gone: ['/v/mix.wav'] });
    expect(other.known).toBe('new');
    const moved = await library.registerMedia({ ...take('/v/take1.wav', 'take 1', 1), gone: ['/v/mix.wav'] });
    expect(moved).toMatchObject({ known: 'moved', item: { id: item.id } });
  });

  test('the whole hash is remembered', async () => {
    const library = openTestLibrary();
    const { item } = await library.registerMedia(take('/v/mix.wav', null));
    await library.setContentHash(item.id, 'take 1');
    await library.registerMedia(take('/v/mix.wav', null)); // the same version again needs no reading
    expect(await library.knownFileAt('/v/mix.wav')).toMatchObject({ id: item.id, contentHash: 'take 1' });
    await library.registerMedia(take('/v/mix.wav', null, 5));
    expect(await library.knownFileAt('/v/mix.wav')).toMatchObject({ contentHash: null });
  });
});

test('other content under the same path drops the index and keeps the conversations', async () => {
  const library = openTestLibrary();
  const { mediaId } = await addIndexedFile(library, '/v/a.mp4', [[knows('thing', 'dog')]]);
  const { id } = await library.createConversation(mediaId, 'a dog?');
  const { item, known } = await library.registerMedia({ ...probed('/v/a.mp4', 'other'), durationSec: 5 });
  expect(known).toBe('changed');
  expect(item).toMatchObject({ id: mediaId, state: 'registered', segmentCount: 0, durationSec: 5 });
  expect((await library.search({ text: 'dog', limit: 5 })).hits).toEqual([]);
  expect((await library.getConversation(id)).title).toBe('a dog?');
});

test('a known file that is moved over another known file takes its place', async () => {
  const library = openTestLibrary();
  const known = {
    a: await library.registerMedia(probed('/v/a.mp4', 'content of a')),
    b: await library.registerMedia(probed('/v/b.mp4', 'b')),
  };
  const talk = await library.createConversation(known.b.item.id, 'about b');
  const moved = await library.registerMedia({ ...probed('/v/b.mp4', 'content of a'), gone: ['/v/a.mp4'] });
  expect(moved).toMatchObject({ known: 'moved', item: { id: known.a.item.id } });
  expect((await library.counts()).media).toBe(1);
  expect((await library.getConversation(talk.id)).title).toBe('about b');
  const back = await library.registerMedia(probed('/v/b again.mp4', 'b'));
  expect(back).toMatchObject({ known: 'new', item: { id: known.b.item.id } });
});

test('a removed file is gone from list and search; its conversations come back with it', async () => {
  const library = openTestLibrary();
  const { mediaId } = await addIndexedFile(library, '/v/a.mp4', [[knows('thing', 'dog')]]);
  await library.createConversation(mediaId, 'a dog?');
  expect(await library.removeMedia(mediaId)).toBe(true);
  expect(await library.removeMedia(mediaId)).toBe(false);
  expect((await library.search({ text: 'dog', limit: 5 })).hits).toEqual([]);
  expect(await library.listMedia({ sort: 'added', offset: 0, limit: 9 })).toEqual({ items: [], total: 0 });
  await expect(library.getMedia(mediaId)).rejects.toMatchObject({ code: 'not-found' });
  const again = await library.registerMedia(probed('/v/elsewhere.mp4', '/v/a.mp4'));
  expect(again).toMatchObject({ known: 'new', item: { id: mediaId, state: 'registered' } });
  expect(await library.listConversations(mediaId)).toHaveLength(1);
});

test('offline stands beside the state, which is there again when the file is', async () => {
  const library = openTestLibrary();
  const { item } = await library.registerMedia(probed('/v/a.mp4'));
  await library.setMediaState(item.id, 'ready', { notices: ['no audio track'] });
  await library.setMediaState(item.id, 'offline');
  const notices = ['no audio track'];
  expect((await library.getMedia(item.id)).item).toMatchObject({ state: 'offline', notices });
  expect((await library.registerMedia(probed('/v/a.mp4'))).item).toMatchObject({ state: 'ready', notices });
});

test('the list is sorted, filtered by words of the name, and cut into pages', async () => {
  const library = openTestLibrary();
  for (const [name, durationSec] of [
    ['clip 10.mp4', 5],
    ['Café clip 2.mp4', 50],
    ['Clip 2.mp4', 20],
  ] as const) {
    await library.registerMedia({ ...probed(`/v/${name}`), durationSec });
  }
  const names = async (query: Partial<Parameters<typeof library.listMedia>[0]>) => {
    const { items, total } = await library.listMedia({ sort: 'name', offset: 0, limit: 10, ...query });
    return [...items.map((item) => item.fileName), total];
  };
  expect(await names({})).toEqual(['Café clip 2.mp4', 'Clip 2.mp4', 'clip 10.mp4', 3]);
  expect(await names({ sort: 'added' })).toEqual(['Clip 2.mp4', 'Café clip 2.mp4', 'clip 10.mp4', 3]);
  expect(await names({ sort: 'duration', limit: 1, offset: 1 })).toEqual(['Clip 2.mp4', 3]);
  expect(await names({ text: '2 CAFE' })).toEqual(['Café clip 2.mp4', 1]);
  expect(await names({ text: '%' })).toEqual([0]);
});

test('segments come back in order with their knowledge; doing one again replaces it', async () => {
  const library = openTestLibrary();
  const { mediaId, segmentIds } = await addIndexedFile(library, '/v/a.mp4', [
    [knows('thing', 'dog'), knows('caption', 'a dog')],
    [],
  ]);
  await library.replaceKnowledge(segmentIds[0] as string, [knows('thing', 'cat')]);
  const { item, segments } = await library.getMedia(mediaId);
  expect(item).toMatchObject({ segmentCount: 2, thumbnail: `thumbnail/${segmentIds[0]}` });
  expect(segments).toEqual([
    {
      id: segmentIds[0],
      mediaId,
      ordinal: 0,
      startSec: 0,
      endSec: 10,
      thumbnail: `thumbnail/${segmentIds[0]}`,
      knowledge: [knows('thing', 'cat')],
    },
    {
      id: segmentIds[1],
      mediaId,
      ordinal: 1,
      startSec: 10,
      endSec: 20,
      thumbnail: `thumbnail/${segmentIds[1]}`,
      knowledge: [],
    },
  ]);
  expect((await library.search({ text: 'dog', limit: 5 })).hits).toEqual([]);
  expect((await library.search({ text: 'cat', limit: 5 })).hits).toHaveLength(1);
  expect(await library.thumbnailFile(segmentIds[1] as string)).toBe('/t/1.jpg');
  expect(await library.thumbnailFile('unknown')).toBeNull();
  expect(await library.counts()).toEqual({ media: 1, segments: 2 });
  await library.replaceSegments(mediaId, []);
  expect(await library.counts()).toEqual({ media: 1, segments: 0 });
  await expect(library.replaceKnowledge(segmentIds[0] as string, [])).rejects.toMatchObject({ code: 'not-found' });
});
