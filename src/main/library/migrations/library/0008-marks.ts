import type { Migration } from '../../migrate.ts';

/**
 * What the person says of files. A file with any of it cannot be deleted by accident: its row is needed (no ON DELETE
 * CASCADE). `unwanted` tells a file that the person removed from one that merely gave up its place.
 */
export const marks: Migration = {
  name: 'marks',
  up(db) {
    db.exec(`
      ALTER TABLE media ADD COLUMN unwanted INTEGER NOT NULL DEFAULT 0;
      CREATE TABLE marks (
        media_id TEXT PRIMARY KEY REFERENCES media (id),
        title TEXT,
        rating INTEGER CHECK (rating BETWEEN 1 AND 5),
        is_favourite INTEGER NOT NULL DEFAULT 0,
        note TEXT NOT NULL DEFAULT '',
        resume_sec REAL,
        opened_at TEXT
      ) STRICT;
      CREATE INDEX marks_by_opening ON marks (opened_at);
      CREATE TABLE tags (
        media_id TEXT NOT NULL REFERENCES media (id),
        folded TEXT NOT NULL,
        name TEXT NOT NULL,
        PRIMARY KEY (media_id, folded)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX tags_by_name ON tags (folded);
      CREATE TABLE collections (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        search TEXT,
        created_at TEXT NOT NULL
      ) STRICT;
      CREATE TABLE collection_files (
        collection_id TEXT NOT NULL REFERENCES collections (id) ON DELETE CASCADE,
        media_id TEXT NOT NULL REFERENCES media (id),
        added_at TEXT NOT NULL,
        PRIMARY KEY (collection_id, media_id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX collection_files_by_media ON collection_files (media_id);
    `);
  },
};
