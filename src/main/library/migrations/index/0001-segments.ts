import type { Migration } from '../../migrate.ts';

/**
 * Segments and what is known about them. `media_id` names a row of the other file, so no foreign key holds it.
 * AUTOINCREMENT: a row number is never used again, so words or vectors left behind cannot find a new owner.
 */
export const segments: Migration = {
  name: 'segments',
  up(db) {
    db.exec(`
      CREATE TABLE generation (name TEXT NOT NULL) STRICT;
      CREATE TABLE segments (
        row INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        media_id TEXT NOT NULL,
        ordinal INTEGER NOT NULL,
        start_sec REAL NOT NULL,
        end_sec REAL NOT NULL,
        thumbnail_path TEXT,
        UNIQUE (media_id, ordinal)
      ) STRICT;
      CREATE TABLE knowledge (
        row INTEGER PRIMARY KEY,
        segment_row INTEGER NOT NULL REFERENCES segments (row) ON DELETE CASCADE,
        kind TEXT NOT NULL CHECK (kind IN ('caption', 'screenText', 'thing', 'subtitle')),
        text TEXT NOT NULL,
        start_sec REAL NOT NULL,
        end_sec REAL NOT NULL,
        source TEXT NOT NULL,
        confidence REAL
      ) STRICT;
      CREATE INDEX knowledge_by_segment ON knowledge (segment_row);
    `);
  },
};
