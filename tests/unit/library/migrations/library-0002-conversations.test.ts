import { expect, test } from 'vitest';
import { addMediaRow, databaseAt, migrateTo } from './migrationFixture.ts';

test('files of the version before can be talked about, and cannot be deleted while they are', () => {
  const db = databaseAt('library', 1);
  addMediaRow(db, 'a');
  migrateTo(db, 'library', 2);
  db.exec("INSERT INTO conversations VALUES ('c', 'a', 'title', '1', '1')");
  db.exec("INSERT INTO messages VALUES ('m', 'c', 0, 'user', 'who?', '1', 'done', 0, 1.5, NULL, NULL)");
  expect(() => db.exec('DELETE FROM media')).toThrow(/FOREIGN KEY/);
  db.exec('DELETE FROM conversations');
  expect(db.prepare('SELECT count(*) FROM messages').pluck().get()).toBe(0);
});
