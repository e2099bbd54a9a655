/** What changed in the library, in the order of its changing, for readers that follow it. */
import type { Changes } from '../../ports/changes.ts';
import type { ReadableDatabase } from '../driver.ts';
import { prepared } from '../statements.ts';

/** Reads. See `LibraryApi.changesSince`. */
export function changesSince(db: ReadableDatabase, sequence: number, limit: number): Changes {
  const changes = prepared<Changes['changes'][number]>(
    db,
    'SELECT sequence, kind, id FROM changes WHERE sequence > ? ORDER BY sequence LIMIT ?',
  ).all(sequence, limit);
  const latest = prepared<{ latest: number }>(db, 'SELECT coalesce(max(sequence), 0) AS latest FROM changes').get();
  return { latest: latest?.latest ?? 0, changes };
}
