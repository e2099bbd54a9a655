import { expect, test } from 'vitest';
import { addMediaRow, databaseAt, migrateTo } from './migrationFixture.ts';

test('files of the version before stay, and a setting has one value', () => {
  const db = databaseAt('library', 3);
  addMediaRow(db, 'a');
  migrateTo(db, 'library', 4);
  db.exec("INSERT INTO settings VALUES ('theme', 'dark')");
  expect(() => db.exec("INSERT INTO settings VALUES ('theme', 'light')")).toThrow(/UNIQUE/);
  expect(db.prepare('SELECT count(*) FROM media').pluck().get()).toBe(1);
});
