/** Notices that the index is not the one that the library was working with, and asks for its files again. */
import { randomUUID } from 'node:crypto';
import type { WritableDatabase } from './driver.ts';
import { queueUnindexed } from './queries/mediaStates.ts';
import { getSetting, setSetting } from './queries/settings.ts';

const KEY = 'index.generation';

/**
 * Every index file carries a random name. When it is another than last time (the index was damaged, deleted or
 * replaced), indexed files go back to `queued`; index rows of files that the library does not know are removed.
 * Writes. Gives true when files have to be indexed again.
 */
export function matchGenerations(db: WritableDatabase): boolean {
  const before = getSetting(db, KEY);
  if (before !== null && before === generationOf(db)) return false;
  return db
    .transaction(() => {
      const generation = generationOf(db) ?? createGeneration(db);
      setSetting(db, KEY, generation);
      db.exec('DELETE FROM indexdb.segments WHERE media_id NOT IN (SELECT id FROM media)');
      return queueUnindexed(db);
    })
    .immediate();
}

function generationOf(db: WritableDatabase): string | null {
  return (db.prepare('SELECT name FROM indexdb.generation').pluck().get() as string | undefined) ?? null;
}

function createGeneration(db: WritableDatabase): string {
  const name = randomUUID();
  db.prepare('INSERT INTO indexdb.generation (name) VALUES (?)').run(name);
  return name;
}
