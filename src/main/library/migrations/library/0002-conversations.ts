import type { Migration } from '../../migrate.ts';

/** A file with conversations cannot be deleted by accident: its row is needed (no ON DELETE CASCADE). */
export const conversations: Migration = {
  name: 'conversations',
  up(db) {
    db.exec(`
      CREATE TABLE conversations (
        id TEXT PRIMARY KEY,
        media_id TEXT NOT NULL REFERENCES media (id),
        title TEXT NOT NULL,
        created_at TEXT NOT NULL,
        updated_at TEXT NOT NULL
      ) STRICT;
      CREATE INDEX conversations_by_media ON conversations (media_id, updated_at);
      CREATE TABLE messages (
        id TEXT PRIMARY KEY,
        conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
        ordinal INTEGER NOT NULL,
        role TEXT NOT NULL CHECK (role IN ('user', 'assistant')),
        text TEXT NOT NULL,
        created_at TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('done', 'streaming', 'stopped', 'failed')),
        start_sec REAL,
        end_sec REAL,
        provenance TEXT,
        error TEXT,
        UNIQUE (conversation_id, ordinal)
      ) STRICT;
    `);
  },
};
