import { expect, test } from 'vitest';
import type { Job } from '../../../src/contract/index.ts';
import { useMarks } from '../../../src/renderer/composables/useMarks.ts';
import { groupByFolder } from '../../../src/renderer/logic/jobFolders.ts';
import { formatRoute, parseRoute } from '../../../src/renderer/logic/route.ts';
import { createFakeClient, settle } from './fakeClient.ts';

test('the sidebar’s lists are fetched with the connection, and again when the engine tells of others', async () => {
  let tags = [{ name: 'a', files: 1 }];
  const fake = createFakeClient({ listRoots: () => [], listCollections: () => [], listTags: () => tags });
  const marks = useMarks(fake.client);
  fake.connect('open');
  await settle();
  expect(marks.tags.value).toEqual(tags);
  tags = [];
  fake.emit({ type: 'marksChanged' });
  await settle();
  expect(marks.tags.value).toEqual([]);
});

test('a file that is opened is noted, and it troubles nobody when that fails', async () => {
  const fake = createFakeClient({});
  useMarks(fake.client).opened('a');
  await settle();
  expect(fake.calls).toEqual([{ name: 'rememberOpened', input: { mediaId: 'a' } }]);
});

test('the part of the library that is shown stands in the address', () => {
  for (const within of [
    { tag: 'küche: neu' },
    { rootId: 'r' },
    { collectionId: 'c' },
    { isFavourite: true as const },
  ]) {
    const route = { page: 'library' as const, query: '', within };
    expect(parseRoute(formatRoute(route))).toEqual(route);
  }
  expect(parseRoute('#/problems')).toEqual({ page: 'problems', query: '' });
  expect(parseRoute('#/library?in=nonsense')).toEqual({ page: 'library', query: '' });
});

test('what waits is grouped by the folder of its file', () => {
  const job = (path: string) => ({ id: path, paths: path === '' ? [] : [path] }) as unknown as Job;
  const groups = groupByFolder([job('/v/a/1.mp4'), job('/v/b/2.mp4'), job('/v/a/3.mp4'), job('C:\\v\\4.mp4'), job('')]);
  expect(groups.map(({ folder, jobs }) => [folder, jobs.length])).toEqual([
    ['/v/a', 2],
    ['/v/b', 1],
    ['C:\\v', 1],
    ['', 1],
  ]);
});
