import type { Migration } from '../../migrate.ts';

/**
 * Jobs that were waiting together are one batch, so that progress counts what is done already. A job that the person
 * took off the list stays off it.
 */
export const jobBatches: Migration = {
  name: 'job batches',
  up(db) {
    db.exec(`
      ALTER TABLE jobs ADD COLUMN batch INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE jobs ADD COLUMN dismissed INTEGER NOT NULL DEFAULT 0;
      CREATE INDEX jobs_by_batch ON jobs (batch);
      CREATE INDEX jobs_by_state_and_batch ON jobs (state, batch);
      CREATE INDEX jobs_by_age ON jobs (created_at);
    `);
  },
};
