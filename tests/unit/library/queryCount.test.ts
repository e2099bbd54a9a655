/** Lists are read with a fixed number of queries, however long they are. */
import { expect, test } from 'vitest';
import type { WritableDatabase } from '../../../src/main/library/openLibrary.ts';
import { openLibrary } from '../../../src/main/library/openLibrary.ts';
import { listMedia } from '../../../src/main/library/queries/mediaList.ts';
import { registerMedia } from '../../../src/main/library/queries/registerMedia.ts';
import { listSegments, replaceKnowledge, replaceSegments } from '../../../src/main/library/queries/segments.ts';
import { knows, probed, temporaryFolder } from './libraryFixture.ts';

/** A database on which every query that is run is counted. */
function counting(db: WritableDatabase): { db: WritableDatabase; count: () => number } {
  let queries = 0;
  const counted = new Proxy(db, {
    get(target, name) {
      const value = Reflect.get(target, name, target);
      if (name !== 'prepare') return typeof value === 'function' ? value.bind(target) : value;
      return (sql: string) => {
        const statement = target.prepare(sql);
        const run =
          (method: 'get' | 'all' | 'run') =>
          (...values: unknown[]) => {
            queries++;
            return statement[method](...values);
          };
        return { get: run('get'), all: run('all'), run: run('run') };
      };
    },
  });
  return { db: counted, count: () => queries };
}

test('the segments of a file, with all that is known, take as many queries for forty as for one', () => {
  const { db } = openLibrary({ folder: temporaryFolder() });
  const queriesFor = (segments: number) => {
    const { id } = registerMedia(db, probed(`/v/${segments}.mp4`)).item;
    const list = Array.from({ length: segments }, (_, at) => ({ startSec: at, endSec: at + 1, thumbnailPath: null }));
    for (const row of replaceSegments(db, id, list)) replaceKnowledge(db, row, [knows('thing', 'cat')]);
    const counted = counting(db);
    expect(listSegments(counted.db, id).flatMap(({ knowledge }) => knowledge)).toHaveLength(segments);
    return counted.count();
  };
  expect(queriesFor(40)).toBe(queriesFor(1));
  db.close();
});

test('a page of forty files takes as many queries as a page of one', () => {
  const { db } = openLibrary({ folder: temporaryFolder() });
  for (let number = 0; number < 40; number++) registerMedia(db, probed(`/v/${number}.mp4`));
  const queriesFor = (limit: number) => {
    const counted = counting(db);
    expect(listMedia(counted.db, { sort: 'name', offset: 0, limit }).items).toHaveLength(limit);
    return counted.count();
  };
  expect(queriesFor(40)).toBe(queriesFor(1));
  db.close();
});

test('a page keeps the order of its files', () => {
  const { db } = openLibrary({ folder: temporaryFolder() });
  for (const name of ['c', 'a', 'b']) registerMedia(db, probed(`/v/${name}.mp4`));
  const { items } = listMedia(db, { sort: 'name', offset: 0, limit: 9 });
  expect(items.map(({ fileName }) => fileName)).toEqual(['a.mp4', 'b.mp4', 'c.mp4']);
  db.close();
});
