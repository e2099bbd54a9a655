import { expect, test } from 'vitest';
import { addMediaRow, databaseAt, migrateTo } from './migrationFixture.ts';

test('an older library keeps its files and has no roots; each folder is one once', () => {
  const db = databaseAt('library', 8);
  addMediaRow(db, 'a');
  migrateTo(db, 'library', 9);
  expect(
    db.prepare('SELECT (SELECT count(*) FROM media) AS media, (SELECT count(*) FROM roots) AS roots').get(),
  ).toEqual({
    ...{ media: 1, roots: 0 },
  });
  const add = db.prepare("INSERT INTO roots (id, path, added_at) VALUES (?, '/v', 'now')");
  add.run('r');
  expect(() => add.run('s')).toThrow(/UNIQUE/);
});
