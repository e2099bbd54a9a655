import type { Migration } from '../../migrate.ts';

/** Which table tells of which thing, and by which column it is named. */
const sources: readonly { table: string; kind: string; id: string }[] = [
  { table: 'media', kind: 'media', id: 'id' },
  { table: 'marks', kind: 'media', id: 'media_id' },
  { table: 'tags', kind: 'media', id: 'media_id' },
  { table: 'collections', kind: 'collection', id: 'id' },
  { table: 'collection_files', kind: 'collection', id: 'collection_id' },
  { table: 'conversations', kind: 'conversation', id: 'id' },
  { table: 'messages', kind: 'conversation', id: 'conversation_id' },
  { table: 'roots', kind: 'root', id: 'id' },
];

/**
 * Whatever changes gets the next number, whoever changes it: a reader that knows up to which number it has read asks for
 * what came after. Each thing stands there once, with its latest.
 */
export const changes: Migration = {
  name: 'changes',
  up(db) {
    db.exec(`
      CREATE TABLE changes (
        sequence INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL,
        id TEXT NOT NULL,
        UNIQUE (kind, id)
      ) STRICT;
      INSERT INTO changes (kind, id) SELECT 'media', id FROM media ORDER BY rowid;
      INSERT INTO changes (kind, id) SELECT 'conversation', id FROM conversations ORDER BY rowid;
      INSERT INTO changes (kind, id) SELECT 'collection', id FROM collections ORDER BY rowid;
      INSERT INTO changes (kind, id) SELECT 'root', id FROM roots ORDER BY rowid;
    `);
    for (const source of sources) {
      for (const event of ['INSERT', 'UPDATE', 'DELETE'] as const) db.exec(triggerOf(source, event));
    }
  },
};

/** Deleted and inserted: "OR REPLACE" in a trigger gives way to what the outer statement says. */
function triggerOf({ table, kind, id }: (typeof sources)[number], event: 'INSERT' | 'UPDATE' | 'DELETE'): string {
  const row = event === 'DELETE' ? 'OLD' : 'NEW';
  return `
    CREATE TRIGGER ${table}_${event.toLowerCase()}_changes AFTER ${event} ON ${table} BEGIN
      DELETE FROM changes WHERE kind = '${kind}' AND id = ${row}.${id};
      INSERT INTO changes (kind, id) VALUES ('${kind}', ${row}.${id});
    END`;
}
