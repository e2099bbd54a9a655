import type { WritableDatabase } from '../../driver.ts';
import type { Migration } from '../../migrate.ts';
import { tokeniseText } from '../../search/words.ts';

/** Where the words of the kinds of that time go. */
const columnOfKind: Record<string, string> = {
  caption: 'described',
  screenText: 'written',
  thing: 'named',
  subtitle: 'said',
};

/**
 * Knowledge is of any kind, and its words are searched in a column by what they are like instead of one of its own: a
 * kind that is added later needs no other table. The words are written anew, since the full-text index keeps no text.
 */
export const knowledgeKinds: Migration = {
  name: 'knowledge of any kind',
  up(db) {
    db.exec(`
      CREATE TABLE knowledge_of_any_kind (
        row INTEGER PRIMARY KEY,
        segment_row INTEGER NOT NULL REFERENCES segments (row) ON DELETE CASCADE,
        kind TEXT NOT NULL,
        text TEXT NOT NULL,
        start_sec REAL NOT NULL,
        end_sec REAL NOT NULL,
        source TEXT NOT NULL,
        source_version TEXT,
        confidence REAL
      ) STRICT;
      INSERT INTO knowledge_of_any_kind
        SELECT row, segment_row, kind, text, start_sec, end_sec, source, source_version, confidence FROM knowledge;
      DROP TABLE knowledge;
      ALTER TABLE knowledge_of_any_kind RENAME TO knowledge;
      CREATE INDEX knowledge_by_segment ON knowledge (segment_row);
      DROP TABLE segment_words;
      CREATE VIRTUAL TABLE segment_words USING fts5 (
        described, written, named, said,
        content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
      );
    `);
    fillWords(db);
  },
};

function fillWords(db: WritableDatabase): void {
  const insert = db.prepare(
    `INSERT INTO segment_words (rowid, described, written, named, said)
     VALUES (@segment, @described, @written, @named, @said)`,
  );
  const pieces = db.prepare<[number], { kind: string; text: string }>(
    'SELECT kind, text FROM knowledge WHERE segment_row = ? ORDER BY row',
  );
  const known = db.prepare<[], { segment: number }>('SELECT DISTINCT segment_row AS segment FROM knowledge').all();
  for (const { segment } of known) {
    const words: Record<string, string> = { described: '', written: '', named: '', said: '' };
    for (const { kind, text } of pieces.all(segment)) {
      const terms = tokeniseText(text).map(({ term }) => term);
      words[columnOfKind[kind] as string] += ` ${terms.join(' ')}`;
    }
    insert.run({ segment, ...words });
  }
}
