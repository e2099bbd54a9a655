import { expect, test } from 'vitest';
import { databaseAt } from './migrationFixture.ts';

test('knowledge goes with its segment, and the number of a segment is never used again', () => {
  const db = databaseAt('index', 1);
  const add = (id: string) => db.prepare("INSERT INTO segments VALUES (NULL, ?, 'm', 0, 0, 10, NULL)").run(id);
  const first = add('a').lastInsertRowid;
  db.prepare("INSERT INTO knowledge VALUES (NULL, ?, 'thing', 'tv', 0, 10, 's', 0.5)").run(first);
  db.exec('DELETE FROM segments');
  expect(db.prepare('SELECT count(*) FROM knowledge').pluck().get()).toBe(0);
  expect(add('b').lastInsertRowid).not.toBe(first);
});
