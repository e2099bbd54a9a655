import { expect, test } from 'vitest';
import { addMediaRow, databaseAt, migrateTo } from './migrationFixture.ts';

test('files and conversations of the version before stay, and jobs can be queued', () => {
  const db = databaseAt('library', 2);
  addMediaRow(db, 'a');
  db.exec("INSERT INTO conversations VALUES ('c', 'a', 'title', '1', '1')");
  migrateTo(db, 'library', 3);
  const insert = db.prepare(
    `INSERT INTO jobs (id, kind, state, title, progress, stage, created_at, updated_at, priority, attempts)
     VALUES ('j', 'index', ?, 't', 0, '', '1', '1', 10, 0)`,
  );
  expect(() => insert.run('dreaming')).toThrow(/CHECK/);
  insert.run('queued');
  expect(db.prepare('SELECT title FROM conversations').pluck().get()).toBe('title');
});
