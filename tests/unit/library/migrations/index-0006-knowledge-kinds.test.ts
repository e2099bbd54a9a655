import { expect, test } from 'vitest';
import { databaseAt, migrateTo } from './migrationFixture.ts';

test('knowledge of the version before stays, is found by the same words, and may be of any kind', () => {
  const db = databaseAt('index', 5);
  db.exec(`INSERT INTO segments (row, id, media_id, ordinal, start_sec, end_sec) VALUES (7, 's', 'm', 0, 0, 4);
           INSERT INTO knowledge (segment_row, kind, text, start_sec, end_sec, source, source_version, confidence) VALUES
             (7, 'caption', 'A red car.', 0, 4, 'x', 'v1', NULL), (7, 'screenText', 'HÔTEL', 1, 2, 'y', NULL, 0.9),
             (7, 'thing', 'car', 0, 4, 'z', NULL, 0.5), (7, 'subtitle', 'Faster!', 2, 3, 'en.srt', NULL, NULL)`);
  const before = db.prepare('SELECT kind, text, start_sec, source, source_version, confidence FROM knowledge').all();
  migrateTo(db, 'index', 6);
  expect(db.prepare('SELECT kind, text, start_sec, source, source_version, confidence FROM knowledge').all()).toEqual(
    before,
  );
  const find = (expression: string) =>
    db.prepare('SELECT rowid FROM segment_words WHERE segment_words MATCH ?').pluck().all(expression);
  for (const word of ['described : red', 'written : hotel', 'named : car', 'said : faster', 'red AND hotel AND faster'])
    expect(find(word)).toEqual([7]);
  db.exec(
    `INSERT INTO knowledge (segment_row, kind, text, start_sec, end_sec, source) VALUES (7, 'dream', '?', 0, 1, 'x')`,
  );
  db.exec('DELETE FROM segments');
  expect(db.prepare('SELECT count(*) FROM knowledge').pluck().get()).toBe(0);
});
