import type { Migration } from '../../migrate.ts';

/**
 * The words. `segment_words` has a row a segment and a column a kind of knowledge; `name_words` a row a file.
 * They hold no text of their own: texts are folded before they come here (search/words.ts) and are read back
 * from `knowledge`. `vocabulary` lists every word once; its trigrams find a word inside another
 * ("strings" in "aquilastrings"), at the size of the vocabulary instead of the size of the library.
 */
export const words: Migration = {
  name: 'words',
  up(db) {
    db.exec(`
      CREATE VIRTUAL TABLE segment_words USING fts5 (
        caption, screen_text, thing, subtitle,
        content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
      );
      CREATE TABLE names (
        row INTEGER PRIMARY KEY AUTOINCREMENT,
        media_id TEXT NOT NULL UNIQUE
      ) STRICT;
      CREATE VIRTUAL TABLE name_words USING fts5 (
        name,
        content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
      );
      CREATE TABLE vocabulary (
        row INTEGER PRIMARY KEY,
        word TEXT NOT NULL UNIQUE
      ) STRICT;
      CREATE VIRTUAL TABLE vocabulary_trigrams USING fts5 (
        word,
        content = 'vocabulary', content_rowid = 'row', tokenize = 'trigram'
      );
    `);
  },
};
