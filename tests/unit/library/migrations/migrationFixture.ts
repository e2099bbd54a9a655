/** Databases as older programs left them. */
import Database from 'better-sqlite3';
import { load } from 'sqlite-vec';
import { onTestFinished } from 'vitest';
import { type Migration, migrate } from '../../../../src/main/library/migrate.ts';
import { indexMigrations, libraryMigrations } from '../../../../src/main/library/migrations/all.ts';
import type { WritableDatabase } from '../../../../src/main/library/openLibrary.ts';

const steps: Record<'library' | 'index', readonly Migration[]> = { library: libraryMigrations, index: indexMigrations };

/** An empty database in memory that has seen the first `version` steps. */
export function databaseAt(which: 'library' | 'index', version: number): WritableDatabase {
  const db = new Database(':memory:');
  onTestFinished(() => void db.close());
  load(db);
  db.pragma('foreign_keys = ON');
  migrateTo(db, which, version);
  return db;
}

export function migrateTo(db: WritableDatabase, which: 'library' | 'index', version: number): void {
  migrate(db, steps[which].slice(0, version), ':memory:');
}

export function addMediaRow(db: WritableDatabase, id: string): void {
  db.prepare(
    `INSERT INTO media (id, path, file_name, kind, fingerprint, duration_sec, width, height, fps, has_audio,
       size_bytes, modified_ms, added_at, state, is_sample)
     VALUES (?, ?, 'a.mp4', 'video', 'f', 1.5, 640, 360, 25, 1, 10, 1, '2026-11-22T18:00:00.000Z', 'ready', 0)`,
  ).run(id, `/v/${id}`);
}
