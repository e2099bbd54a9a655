import { expect, test } from 'vitest';
import { addMediaRow, databaseAt, migrateTo } from './migrationFixture.ts';

test('a small file’s fingerprint is its whole hash; a large one has none until it is read', () => {
  const db = databaseAt('library', 5);
  addMediaRow(db, 'small');
  addMediaRow(db, 'large');
  db.prepare("UPDATE media SET size_bytes = 2097153 WHERE id = 'large'").run();
  migrateTo(db, 'library', 6);
  const hashes = db.prepare('SELECT id, content_hash FROM media ORDER BY id').all();
  expect(hashes).toEqual([
    { id: 'large', content_hash: null },
    { id: 'small', content_hash: 'f' },
  ]);
});
