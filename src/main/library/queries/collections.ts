/** Files that the person put together, and searches that are kept by name. */
import { randomUUID } from 'node:crypto';
import { type Collection, PlayheadError } from '../../../contract/index.ts';
import type { ReadableDatabase, WritableDatabase } from '../driver.ts';
import { notFound } from '../libraryErrors.ts';
import { inTransaction, prepared } from '../statements.ts';

const SELECT_COLLECTION = `
  SELECT id, name, search, (
    SELECT count(*) FROM collection_files JOIN media ON media.id = media_id
    WHERE collection_id = collections.id AND removed_at IS NULL) AS files
  FROM collections`;

/** Reads. In the order of the alphabet. */
export function listCollections(db: ReadableDatabase): Collection[] {
  return prepared<Collection>(db, SELECT_COLLECTION)
    .all()
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** Writes. A new collection, or with `id` the name and search of one that is there. @throws PlayheadError `not-found`. */
export function saveCollection(
  db: WritableDatabase,
  { id, name, search }: { id?: string | undefined; name: string; search: string | null },
): Collection {
  return inTransaction(db, () => {
    if (id !== undefined) {
      readCollection(db, id);
      prepared(db, 'UPDATE collections SET name = ?, search = ? WHERE id = ?').run(name, search, id);
      return readCollection(db, id);
    }
    const created = randomUUID();
    prepared(db, 'INSERT INTO collections (id, name, search, created_at) VALUES (?, ?, ?, ?)').run(
      ...[created, name, search, new Date().toISOString()],
    );
    return readCollection(db, created);
  });
}

/** Writes. The files in it are not touched. False when there is no such collection. */
export function deleteCollection(db: WritableDatabase, collectionId: string): boolean {
  return prepared(db, 'DELETE FROM collections WHERE id = ?').run(collectionId).changes > 0;
}

/** Writes. Files that are not in the library are passed over. @throws PlayheadError `not-found`, `invalid-input` */
export function collectFiles(
  db: WritableDatabase,
  collectionId: string,
  { add, remove }: { add: readonly string[]; remove: readonly string[] },
): Collection {
  return inTransaction(db, () => {
    const { name, search } = readCollection(db, collectionId);
    if (search !== null) throw isSmart(name);
    const insert = prepared(
      db,
      `INSERT OR IGNORE INTO collection_files (collection_id, media_id, added_at)
       SELECT ?, id, ? FROM media WHERE id = ? AND removed_at IS NULL`,
    );
    for (const mediaId of add) insert.run(collectionId, new Date().toISOString(), mediaId);
    const take = prepared(db, 'DELETE FROM collection_files WHERE collection_id = ? AND media_id = ?');
    for (const mediaId of remove) take.run(collectionId, mediaId);
    return readCollection(db, collectionId);
  });
}

function readCollection(db: ReadableDatabase, id: string): Collection {
  const found = prepared<Collection>(db, `${SELECT_COLLECTION} WHERE id = ?`).get(id);
  if (found === undefined) throw notFound('collection', id);
  return found;
}

function isSmart(name: string): PlayheadError {
  return new PlayheadError({
    code: 'invalid-input',
    message: `"${name}" holds what its search finds, so no file is put into it by hand.`,
    hint: 'Make a collection without a search for files of your choice.',
  });
}
