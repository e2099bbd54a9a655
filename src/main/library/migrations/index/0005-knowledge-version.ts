import type { Migration } from '../../migrate.ts';

/** Which version of its source said it: a caption of other weights is not the present model's answer. */
export const knowledgeVersion: Migration = {
  name: 'knowledge version',
  up(db) {
    db.exec('ALTER TABLE knowledge ADD COLUMN source_version TEXT');
  },
};
