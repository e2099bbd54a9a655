import { expect, test } from 'vitest';
import { listSegments } from '../../../../src/main/library/queries/segments.ts';
import { databaseAt, migrateTo } from './migrationFixture.ts';

test('what was known before is read as it was written', () => {
  const db = databaseAt('index', 6);
  db.exec(`INSERT INTO segments (id, media_id, ordinal, start_sec, end_sec) VALUES ('s', 'm', 0, 0, 4);
           INSERT INTO knowledge (segment_row, kind, text, start_sec, end_sec, source, confidence)
           VALUES (1, 'thing', 'dog', 0, 1.5, 'x', 0.1)`);
  migrateTo(db, 'index', 7);
  expect(listSegments(db, 'm')[0]?.knowledge).toEqual([
    { kind: 'thing', text: 'dog', startSec: 0, endSec: 1.5, source: 'x', confidence: 0.1 },
  ]);
});
