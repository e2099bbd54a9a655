import { expect, test } from 'vitest';
import { addMediaRow, databaseAt, migrateTo } from './migrationFixture.ts';

test('no file of an older library is unwanted, and what is said of one keeps it from being deleted', () => {
  const db = databaseAt('library', 7);
  addMediaRow(db, 'a');
  migrateTo(db, 'library', 8);
  expect(db.prepare('SELECT unwanted FROM media').get()).toEqual({ unwanted: 0 });
  db.exec("INSERT INTO marks (media_id, rating) VALUES ('a', 5)");
  expect(() => db.exec('DELETE FROM media')).toThrow(/FOREIGN KEY/);
  expect(() => db.exec("UPDATE marks SET rating = 6 WHERE media_id = 'a'")).toThrow(/CHECK/);
});
