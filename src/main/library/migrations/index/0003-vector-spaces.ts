import type { Migration } from '../../migrate.ts';

/** One row a vector space; its vectors stand in a sqlite-vec table of their own, made with the first of them. */
export const vectorSpaces: Migration = {
  name: 'vector spaces',
  up(db) {
    db.exec(`
      CREATE TABLE vector_spaces (
        row INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        dimensions INTEGER NOT NULL CHECK (dimensions BETWEEN 1 AND 8192),
        UNIQUE (name, dimensions)
      ) STRICT;
    `);
  },
};
