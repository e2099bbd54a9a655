import { expect, test } from 'vitest';
import { databaseAt, migrateTo } from './migrationFixture.ts';

test('segments and words of the version before stay; a space is a name and a size', () => {
  const db = databaseAt('index', 2);
  db.exec("INSERT INTO segment_words (rowid, caption) VALUES (7, 'blue')");
  migrateTo(db, 'index', 3);
  db.exec("INSERT INTO vector_spaces VALUES (NULL, 'clip', 512), (NULL, 'clip', 768)");
  expect(() => db.exec("INSERT INTO vector_spaces VALUES (NULL, 'clip', 512)")).toThrow(/UNIQUE/);
  expect(() => db.exec("INSERT INTO vector_spaces VALUES (NULL, 'none', 0)")).toThrow(/CHECK/);
  expect(db.prepare("SELECT rowid FROM segment_words WHERE segment_words MATCH 'blue'").pluck().all()).toEqual([7]);
});
