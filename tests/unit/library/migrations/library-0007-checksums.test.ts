import { expect, test } from 'vitest';
import { getConversation } from '../../../../src/main/library/queries/conversations.ts';
import { addMediaRow, databaseAt, migrateTo } from './migrationFixture.ts';

test('conversations of the version before are read as they were written', () => {
  const db = databaseAt('library', 6);
  addMediaRow(db, 'a');
  db.exec("INSERT INTO conversations VALUES ('c', 'a', 'title', '1', '1')");
  db.exec("INSERT INTO messages VALUES ('m', 'c', 0, 'user', 'who?', '1', 'done', 0, 1.5, NULL, NULL)");
  migrateTo(db, 'library', 7);
  const { title, messages } = getConversation(db, 'c');
  expect({ title, text: messages[0]?.text, state: messages[0]?.state }).toEqual({
    title: 'title',
    text: 'who?',
    state: 'done',
  });
});
