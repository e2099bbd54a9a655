import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { addIndexedFile, knows, openTestLibrary, temporaryFolder } from '../libraryFixture.ts';
import { databaseAt, migrateTo } from './migrationFixture.ts';

test('segments stay, names are to be remembered anew, and a file has each tag once', () => {
  const db = databaseAt('index', 3);
  db.exec("INSERT INTO segments (id, media_id, ordinal, start_sec, end_sec) VALUES ('s', 'm', 0, 0, 1)");
  db.exec("INSERT INTO names (media_id) VALUES ('m')");
  db.exec("INSERT INTO name_words (rowid, name) VALUES (1, 'holiday')");
  migrateTo(db, 'index', 4);
  expect(db.prepare('SELECT count(*) FROM segments').pluck().get()).toBe(1);
  expect(db.prepare('SELECT count(*) FROM names').pluck().get()).toBe(0);
  expect(db.prepare("SELECT count(*) FROM name_words WHERE name_words MATCH 'holiday'").pluck().get()).toBe(0);
  db.exec("INSERT INTO file_tags (media_id, name, text) VALUES ('m', 'title', 'a')");
  expect(() => db.exec("INSERT INTO file_tags (media_id, name, text) VALUES ('m', 'title', 'b')")).toThrow(/UNIQUE/);
});

test('an index of an older program finds its files by name and folder as soon as it is opened', async () => {
  const folder = temporaryFolder();
  const before = openTestLibrary(folder);
  await addIndexedFile(before, '/v/Iceland/day one.mp4', [[knows('thing', 'person')]]);
  await before.close();
  const index = new Database(join(folder, 'index.sqlite'));
  index.exec('DELETE FROM names; DROP TABLE file_tags; ALTER TABLE knowledge DROP COLUMN source_version');
  index.exec('ALTER TABLE knowledge DROP COLUMN checksum');
  index.pragma('user_version = 3');
  index.close();
  const library = openTestLibrary(folder);
  for (const text of ['iceland', 'day one']) {
    const { hits } = await library.search({ text, limit: 10 });
    expect(hits.map((hit) => hit.fileName)).toEqual(['day one.mp4']);
  }
});
