import { expect, test } from 'vitest';
import { addMediaRow, databaseAt, migrateTo } from './migrationFixture.ts';

test('what an older library holds stands among the changes, and from now on whatever is written', () => {
  const db = databaseAt('library', 9);
  addMediaRow(db, 'a');
  addMediaRow(db, 'b');
  migrateTo(db, 'library', 10);
  const changed = () => db.prepare('SELECT sequence, kind, id FROM changes ORDER BY sequence').all();
  expect(changed()).toMatchObject([{ id: 'a' }, { id: 'b' }]);
  // Where a row is ignored nothing changed; where one is replaced by whatever means, it has.
  db.exec("INSERT OR IGNORE INTO tags (media_id, folded, name) VALUES ('a', 't', 'T')");
  db.exec("INSERT OR IGNORE INTO tags (media_id, folded, name) VALUES ('a', 't', 'T')");
  expect(changed()).toEqual([
    { sequence: 2, kind: 'media', id: 'b' },
    { sequence: 3, kind: 'media', id: 'a' },
  ]);
  db.exec("DELETE FROM media WHERE id = 'b'");
  expect(changed()).toEqual([
    { sequence: 3, kind: 'media', id: 'a' },
    { sequence: 4, kind: 'media', id: 'b' },
  ]);
});
