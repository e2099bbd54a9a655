/** Folders that are kept as roots. */
import { randomUUID } from 'node:crypto';
import { sep } from 'node:path';
import type { StoredRoot } from '../../ports/rootsApi.ts';
import type { ReadableDatabase, WritableDatabase } from '../driver.ts';
import { notFound } from '../libraryErrors.ts';
import { inTransaction, prepared } from '../statements.ts';
import { forgetFile } from './media.ts';
import { forgetIndex } from './segments.ts';
import { parseStored } from './storedJson.ts';

interface RootRow {
  id: string;
  path: string;
  ignore: string;
  added_at: string;
  looked_at: string | null;
}

/** Reads. */
export function listRoots(db: ReadableDatabase): StoredRoot[] {
  return prepared<RootRow>(db, 'SELECT * FROM roots ORDER BY path')
    .all()
    .map((row) => toRoot(db, row));
}

/** Writes. See `RootsApi.addRoot`. */
export function addRoot(db: WritableDatabase, path: string): StoredRoot {
  return inTransaction(db, () => {
    const there = listRoots(db);
    const around = there.find((root) => isWithin(path, root.path));
    if (around !== undefined) return around;
    for (const root of there) {
      if (isWithin(root.path, path)) prepared(db, 'DELETE FROM roots WHERE id = ?').run(root.id);
    }
    const id = randomUUID();
    prepared(db, 'INSERT INTO roots (id, path, added_at) VALUES (?, ?, ?)').run(id, path, new Date().toISOString());
    return readRoot(db, id);
  });
}

/** Writes. @throws PlayheadError `not-found`. */
export function changeRoot(
  db: WritableDatabase,
  rootId: string,
  { ignore, lookedAt }: { ignore?: string[]; lookedAt?: string },
): StoredRoot {
  return inTransaction(db, () => {
    readRoot(db, rootId);
    if (ignore !== undefined)
      prepared(db, 'UPDATE roots SET ignore = ? WHERE id = ?').run(JSON.stringify(ignore), rootId);
    if (lookedAt !== undefined) prepared(db, 'UPDATE roots SET looked_at = ? WHERE id = ?').run(lookedAt, rootId);
    return readRoot(db, rootId);
  });
}

/** Writes. What the person said of its files is kept. @throws PlayheadError `not-found`. */
export function removeRoot(db: WritableDatabase, rootId: string, withFiles: boolean): string[] {
  return inTransaction(db, () => {
    const { path } = readRoot(db, rootId);
    prepared(db, 'DELETE FROM roots WHERE id = ?').run(rootId);
    if (!withFiles) return [];
    const files = prepared<{ id: string }>(
      db,
      'SELECT id FROM media WHERE removed_at IS NULL AND path > @from AND path < @to',
    ).all(pathsIn(path));
    for (const { id } of files) {
      forgetIndex(db, id);
      forgetFile(db, id);
    }
    return files.map(({ id }) => id);
  });
}

/** Every path in a folder lies between these two, in the order of SQLite. */
export function pathsIn(folder: string): { from: string; to: string } {
  const from = folder.endsWith(sep) ? folder : folder + sep;
  return { from, to: from.slice(0, -1) + String.fromCharCode(sep.charCodeAt(0) + 1) };
}

/** True for the folder itself, too. */
function isWithin(path: string, folder: string): boolean {
  const { from, to } = pathsIn(folder);
  return path === folder || (path > from && path < to);
}

function readRoot(db: ReadableDatabase, rootId: string): StoredRoot {
  const row = prepared<RootRow>(db, 'SELECT * FROM roots WHERE id = ?').get(rootId);
  if (row === undefined) throw notFound('folder', rootId);
  return toRoot(db, row);
}

function toRoot(db: ReadableDatabase, row: RootRow): StoredRoot {
  const { files = 0 } =
    prepared<{ files: number }>(
      db,
      'SELECT count(*) AS files FROM media WHERE removed_at IS NULL AND path > @from AND path < @to',
    ).get(pathsIn(row.path)) ?? {};
  return {
    ...{ id: row.id, path: row.path, addedAt: row.added_at, lookedAt: row.looked_at, files },
    ignore: parseStored<string[]>(row.ignore) ?? [],
  };
}
