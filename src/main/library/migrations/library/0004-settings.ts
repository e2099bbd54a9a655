import type { Migration } from '../../migrate.ts';

export const settings: Migration = {
  name: 'settings',
  up(db) {
    db.exec('CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID');
  },
};
