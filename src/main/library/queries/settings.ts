/** Small named values of the library. */
import type { ReadableDatabase, WritableDatabase } from '../driver.ts';
import { prepared } from '../statements.ts';

/** Reads. Null when the setting was never written. */
export function getSetting(db: ReadableDatabase, key: string): string | null {
  const row = prepared<{ value: string }>(db, 'SELECT value FROM settings WHERE key = ?').get(key);
  return row?.value ?? null;
}

/** Writes. */
export function setSetting(db: WritableDatabase, key: string, value: string): void {
  prepared(
    db,
    'INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  ).run(key, value);
}

/** Reads. The keys that begin with `prefix`, in the order of the alphabet. */
export function listSettings(db: ReadableDatabase, prefix: string): string[] {
  return prepared<{ key: string }>(db, 'SELECT key FROM settings WHERE substr(key, 1, ?) = ? ORDER BY key')
    .all(prefix.length, prefix)
    .map(({ key }) => key);
}
