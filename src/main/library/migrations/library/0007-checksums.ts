import type { Migration } from '../../migrate.ts';
import {
  type ConversationRow,
  conversationChecksum,
  type MessageRow,
  messageChecksum,
} from '../../queries/wordRows.ts';

/** Every row of the person's words says what it was when it was written. */
export const checksums: Migration = {
  name: 'checksums',
  up(db) {
    db.exec('ALTER TABLE conversations ADD COLUMN checksum TEXT; ALTER TABLE messages ADD COLUMN checksum TEXT;');
    const sumConversation = db.prepare('UPDATE conversations SET checksum = ? WHERE id = ?');
    for (const row of db.prepare<[], ConversationRow>('SELECT * FROM conversations').all()) {
      sumConversation.run(conversationChecksum(row), row.id);
    }
    const sumMessage = db.prepare('UPDATE messages SET checksum = ? WHERE id = ?');
    for (const row of db.prepare<[], MessageRow>('SELECT * FROM messages').all()) {
      sumMessage.run(messageChecksum(row), row.id);
    }
  },
};
