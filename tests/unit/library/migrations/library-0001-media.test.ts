import { expect, test } from 'vitest';
import { addMediaRow, databaseAt } from './migrationFixture.ts';

test('one path belongs to one file that is in the library, and to any number of removed ones', () => {
  const db = databaseAt('library', 1);
  addMediaRow(db, 'a');
  expect(() => db.prepare("INSERT INTO media SELECT 'b', * FROM (SELECT path FROM media)").run()).toThrow();
  expect(() => db.exec("UPDATE media SET state = 'lost'")).toThrow(/CHECK/);
  db.exec("UPDATE media SET removed_at = 'now'");
  addMediaRow(db, 'b');
  expect(() => db.exec("UPDATE media SET path = '/v/b', removed_at = NULL")).toThrow(/UNIQUE/);
});

test('text where a number belongs is refused', () => {
  const db = databaseAt('library', 1);
  addMediaRow(db, 'a');
  expect(() => db.exec("UPDATE media SET width = 'wide'")).toThrow(/cannot store TEXT/);
});
