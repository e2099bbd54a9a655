import type { Migration } from '../../migrate.ts';

export const jobs: Migration = {
  name: 'jobs',
  up(db) {
    db.exec(`
      CREATE TABLE jobs (
        id TEXT PRIMARY KEY,
        kind TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'paused', 'done', 'failed', 'cancelled')),
        title TEXT NOT NULL,
        media_id TEXT,
        parent_id TEXT,
        progress REAL NOT NULL,
        stage TEXT NOT NULL,
        error TEXT,
        created_at TEXT NOT NULL,
        updated_at TEXT NOT NULL,
        result TEXT,
        priority INTEGER NOT NULL,
        payload TEXT,
        attempts INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX jobs_by_turn ON jobs (state, priority DESC, created_at);
    `);
  },
};
