import type { Migration } from '../../migrate.ts';

/**
 * The files of the library. `offline` stands beside `state`, so that a drive that comes back needs no new index.
 * A removed file that somebody talked about stays as a hidden row (`removed_at`) and keeps its conversations.
 */
export const media: Migration = {
  name: 'media',
  up(db) {
    db.exec(`
      CREATE TABLE media (
        id TEXT PRIMARY KEY,
        path TEXT NOT NULL,
        file_name TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('video', 'audio', 'image')),
        fingerprint TEXT NOT NULL,
        duration_sec REAL NOT NULL,
        width INTEGER NOT NULL,
        height INTEGER NOT NULL,
        fps REAL NOT NULL,
        has_audio INTEGER NOT NULL,
        video_codec TEXT,
        size_bytes INTEGER NOT NULL,
        modified_ms REAL NOT NULL,
        added_at TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('registered', 'queued', 'indexing', 'ready', 'failed')),
        offline INTEGER NOT NULL DEFAULT 0,
        is_sample INTEGER NOT NULL,
        error TEXT,
        notices TEXT NOT NULL DEFAULT '[]',
        removed_at TEXT
      ) STRICT;
      CREATE UNIQUE INDEX media_by_path ON media (path) WHERE removed_at IS NULL;
      CREATE INDEX media_by_fingerprint ON media (fingerprint);
    `);
  },
};
