import type { Migration } from '../../migrate.ts';

/**
 * Folders that are kept and watched. A moved file is looked for by its size, before anything of it is read; whether a
 * file waits already, by its id.
 */
export const roots: Migration = {
  name: 'roots',
  up(db) {
    db.exec(`
      CREATE TABLE roots (
        id TEXT PRIMARY KEY,
        path TEXT NOT NULL UNIQUE,
        ignore TEXT NOT NULL DEFAULT '[]',
        added_at TEXT NOT NULL,
        looked_at TEXT
      ) STRICT;
      CREATE INDEX media_by_size ON media (size_bytes, modified_ms);
      CREATE INDEX media_unwanted ON media (size_bytes) WHERE unwanted = 1;
      CREATE INDEX jobs_by_media ON jobs (media_id);
    `);
  },
};
