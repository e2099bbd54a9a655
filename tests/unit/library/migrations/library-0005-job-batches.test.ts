import { expect, test } from 'vitest';
import { databaseAt, migrateTo } from './migrationFixture.ts';

test('jobs of the version before stay on the list, in a batch of their own', () => {
  const db = databaseAt('library', 4);
  db.exec(`INSERT INTO jobs (id, kind, state, title, progress, stage, created_at, updated_at, priority, attempts)
    VALUES ('j', 'index', 'failed', 't', 0, '', '1', '1', 10, 0)`);
  migrateTo(db, 'library', 5);
  expect(db.prepare('SELECT title, batch, dismissed FROM jobs').get()).toEqual({ title: 't', batch: 0, dismissed: 0 });
});
