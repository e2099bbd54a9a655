/** Brings a database file to the newest format, one numbered step at a time. */
import { PlayheadError } from '../../contract/index.ts';
import type { WritableDatabase } from './driver.ts';

export interface Migration {
  /** What the step does, in words; its number is its place in the list, from 1. */
  name: string;
  /** Runs inside a transaction, on the file opened alone (schema `main`). */
  up(db: WritableDatabase): void;
}

/**
 * Applies the steps that are missing, each in its own transaction; `user_version` counts them.
 * Two programs may start at once: the version is read again under the write lock.
 * @throws PlayheadError `library-newer` when the file was written by a newer program; it is left as it is.
 */
export function migrate(db: WritableDatabase, migrations: readonly Migration[], file: string): void {
  refuseNewer(versionOf(db), migrations.length, file);
  for (const [index, migration] of migrations.entries()) {
    const version = index + 1;
    if (versionOf(db) >= version) continue;
    db.transaction(() => {
      if (versionOf(db) >= version) return;
      migration.up(db);
      db.pragma(`user_version = ${version}`);
    }).immediate();
  }
}

/** The number of steps that the file has seen. */
export function versionOf(db: Pick<WritableDatabase, 'pragma'>): number {
  return db.pragma('user_version', { simple: true }) as number;
}

function refuseNewer(version: number, known: number, file: string): void {
  if (version <= known) return;
  throw new PlayheadError({
    code: 'library-newer',
    message: `This library was written by a newer Playhead (format ${version}; this one knows up to ${known}).`,
    file,
    hint: 'Update Playhead, or choose another library folder. Nothing was changed.',
  });
}
