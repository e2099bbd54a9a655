import type { Migration } from '../../migrate.ts';

/**
 * The words of a file are those of its name, its folders and its tags: what was remembered of names alone goes, and
 * is written again when the library is opened (`rememberMissingFileWords`). Tags come with the next scan of a file.
 */
export const fileWords: Migration = {
  name: 'file words',
  up(db) {
    db.exec(`
      DELETE FROM names;
      INSERT INTO name_words (name_words) VALUES ('delete-all');
      CREATE TABLE file_tags (
        row INTEGER PRIMARY KEY,
        media_id TEXT NOT NULL,
        name TEXT NOT NULL,
        text TEXT NOT NULL,
        UNIQUE (media_id, name)
      ) STRICT;
    `);
  },
};
