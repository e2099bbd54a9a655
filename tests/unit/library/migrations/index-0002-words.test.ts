import { expect, test } from 'vitest';
import { databaseAt, migrateTo } from './migrationFixture.ts';

test('segments of the version before stay; words of a segment can be put in, found, replaced and taken out', () => {
  const db = databaseAt('index', 1);
  db.exec("INSERT INTO segments VALUES (7, 'a', 'm', 0, 0, 10, NULL)");
  migrateTo(db, 'index', 2);
  const find = (word: string) =>
    db.prepare('SELECT rowid FROM segment_words WHERE segment_words MATCH ?').pluck().all(`"${word}"`);
  db.exec("INSERT INTO segment_words (rowid, caption, thing) VALUES (7, 'a red car', 'car')");
  expect(find('red')).toEqual([7]);
  db.exec("DELETE FROM segment_words WHERE rowid = 7; INSERT INTO segment_words (rowid, caption) VALUES (7, 'blue')");
  expect(find('red')).toEqual([]);
  expect(find('blue')).toEqual([7]);
  expect(db.prepare('SELECT count(*) FROM segments').pluck().get()).toBe(1);
});

test('a word is found by a part of it', () => {
  const db = databaseAt('index', 2);
  db.exec("INSERT INTO vocabulary VALUES (3, 'aquilastrings')");
  db.exec("INSERT INTO vocabulary_trigrams (rowid, word) VALUES (3, 'aquilastrings')");
  const rows = db.prepare('SELECT rowid FROM vocabulary_trigrams WHERE vocabulary_trigrams MATCH ?').pluck();
  expect(rows.all('"astri"')).toEqual([3]);
});
