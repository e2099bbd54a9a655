import { expect, test } from 'vitest';
import { addIndexedFile, knows, openTestLibrary } from './libraryFixture.ts';

const page = { afterRow: 0, limit: 100 };
const captions = { adds: 'captions', version: 'v2', hears: true } as const;
const looks = { adds: 'looks', space: 'a space', dimensions: 2 } as const;

test('what lacks a caption of this version, or a vector in this space, is listed with its footage, page by page', async () => {
  const library = openTestLibrary();
  const byOther = knows('caption', 'a cat');
  const byThis = { ...byOther, sourceVersion: 'v2' };
  const first = await addIndexedFile(library, '/v/a.mp4', [[byThis], [byOther], [knows('thing', 'cat')]]);
  const second = await addIndexedFile(library, '/v/b.mp4', [[]]);
  const idsOf = async (query: typeof captions | typeof looks, at = page) =>
    (await library.listSegmentsWithout(query, at)).map(({ segmentId }) => segmentId);

  const lacking = [...first.segmentIds.slice(1), ...second.segmentIds];
  expect(await idsOf(captions)).toEqual(lacking);
  expect(await library.measureSegments(captions)).toEqual({ files: 2, segments: 3, footageSec: 30 });
  const [one] = await library.listSegmentsWithout(captions, { afterRow: 0, limit: 1 });
  expect(await idsOf(captions, { afterRow: one?.row ?? 0, limit: 1 })).toEqual(lacking.slice(1, 2));

  expect(await idsOf(looks)).toEqual([...first.segmentIds, ...second.segmentIds]);
  const vector = { segmentId: first.segmentIds[1] as string, vector: [1, 0] };
  await library.setVector('another space', 2, vector);
  await library.setVector(looks.space, 2, vector);
  expect(await idsOf(looks)).toEqual([first.segmentIds[0], first.segmentIds[2], ...second.segmentIds]);
  expect(await library.measureSegments(null)).toEqual({ files: 2, segments: 4, footageSec: 40 });
});

test('files that are away, removed or not ready are offered nothing', async () => {
  const library = openTestLibrary();
  const [away, gone, waiting] = await Promise.all(
    ['/v/a.mp4', '/v/b.mp4', '/v/c.mp4'].map((path) => addIndexedFile(library, path, [[]])),
  );
  await library.setMediaState(away?.mediaId ?? '', 'offline');
  await library.removeMedia(gone?.mediaId ?? '');
  await library.setMediaState(waiting?.mediaId ?? '', 'queued');
  expect(await library.listSegmentsWithout(looks, page)).toEqual([]);
  await library.setMediaState(away?.mediaId ?? '', 'ready');
  expect(await library.listSegmentsWithout(looks, page)).toHaveLength(1);
});
