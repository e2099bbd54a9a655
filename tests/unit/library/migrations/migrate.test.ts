import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { createLibrary } from '../../../../src/main/library/createLibrary.ts';
import { migrate, versionOf } from '../../../../src/main/library/migrate.ts';
import { indexMigrations, libraryMigrations } from '../../../../src/main/library/migrations/all.ts';
import { openTestLibrary, temporaryFolder } from '../libraryFixture.ts';
import { addMediaRow, databaseAt } from './migrationFixture.ts';

const versions = libraryMigrations.map((_, index) => index + 1);

test.each(versions)(
  'a library of version %i opens with its files, after a backup when it is older',
  async (version) => {
    const folder = temporaryFolder();
    const old = new Database(join(folder, 'library.sqlite'));
    migrate(old, libraryMigrations.slice(0, version), 'x');
    addMediaRow(old, 'a');
    old.close();
    const library = openTestLibrary(folder);
    // Its index is missing: what was ready waits to be indexed again.
    expect((await library.getMedia('a')).item.state).toBe('queued');
    await library.createConversation('a', 'title');
    const backups = readdirSync(join(folder, 'backups'));
    const isOlder = version < libraryMigrations.length;
    expect(backups.filter((name) => name.includes('before')).length).toBe(isOlder ? 1 : 0);
  },
);

test.each(indexMigrations.map((_, index) => index))('an index of version %i is brought to the newest', (version) => {
  const db = databaseAt('index', version);
  migrate(db, indexMigrations, 'x');
  expect(versionOf(db)).toBe(indexMigrations.length);
});

test('a step that fails leaves the version before it', () => {
  const db = databaseAt('library', 2);
  const broken = { name: 'broken', up: () => db.exec('CREATE TABLE half (x); SELECT nonsense') };
  expect(() => migrate(db, [...libraryMigrations.slice(0, 2), broken], 'x')).toThrow();
  expect(versionOf(db)).toBe(2);
  expect(db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'half'").get()).toBeUndefined();
});

test.each(['library.sqlite', 'index.sqlite'])('a newer %s is refused in words and left as it is', async (name) => {
  const folder = temporaryFolder();
  await createLibrary({ folder }).close();
  const newer = new Database(join(folder, name));
  newer.pragma('user_version = 99');
  newer.close();
  expect(() => createLibrary({ folder })).toThrow(/written by a newer Playhead/);
  const left = new Database(join(folder, name));
  expect(left.pragma('user_version', { simple: true })).toBe(99);
  left.close();
  expect(existsSync(join(folder, 'library.sqlite'))).toBe(true);
});
