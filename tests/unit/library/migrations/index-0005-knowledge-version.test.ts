import { expect, test } from 'vitest';
import { databaseAt, migrateTo } from './migrationFixture.ts';

test('what was known before has no version, so it is nobody’s present caption', () => {
  const db = databaseAt('index', 4);
  db.exec(`INSERT INTO segments (id, media_id, ordinal, start_sec, end_sec) VALUES ('s', 'm', 0, 0, 4);
           INSERT INTO knowledge (segment_row, kind, text, start_sec, end_sec, source) VALUES (1, 'caption', 'A.', 0, 4, 'x')`);
  migrateTo(db, 'index', 5);
  expect(db.prepare('SELECT text, source_version FROM knowledge').all()).toEqual([
    { text: 'A.', source_version: null },
  ]);
});
