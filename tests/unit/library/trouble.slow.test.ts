import { once } from 'node:events';
import { chmodSync, copyFileSync, existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { createLibrary } from '../../../src/main/library/createLibrary.ts';
import { toLibraryError } from '../../../src/main/library/libraryErrors.ts';
import { openLibrary } from '../../../src/main/library/openLibrary.ts';
import { setSetting } from '../../../src/main/library/queries/settings.ts';
import { openTestLibrary, temporaryFolder } from './libraryFixture.ts';
import { damage, filledFolder, start } from './troubleFixture.ts';

test("the user's own file is never set aside: a damaged one is an error that names the copies", async () => {
  const { folder } = await filledFolder();
  const file = join(folder, 'library.sqlite');
  damage(file);
  const before = readFileSync(file);
  expect(() => createLibrary({ folder })).toThrowError(
    expect.objectContaining({ code: 'library-damaged', hint: expect.stringContaining('backups') }),
  );
  expect(readFileSync(file).equals(before)).toBe(true);
});

test('a copy of a sound library is made once a day, and a damaged one never replaces it', async () => {
  const { folder } = await filledFolder();
  const backups = join(folder, 'backups');
  await createLibrary({ folder }).close();
  expect(readdirSync(backups)).toHaveLength(1);
  const copy = join(backups, readdirSync(backups)[0] as string);
  await createLibrary({ folder }).close();
  expect(readdirSync(backups)).toHaveLength(1);

  const restored = temporaryFolder();
  copyFileSync(copy, join(restored, 'library.sqlite'));
  const library = openTestLibrary(restored);
  expect((await library.listMedia({ sort: 'name', offset: 0, limit: 5 })).total).toBe(1);

  const yesterday = new Date(Date.now() - 25 * 3600 * 1000);
  utimesSync(copy, yesterday, yesterday);
  damage(join(folder, 'library.sqlite'));
  expect(() => createLibrary({ folder })).toThrow(/damaged/);
  expect(readdirSync(backups)).toEqual([copy.split('/').at(-1)]);
});

test('a library that another program keeps for itself is said to be in use', async () => {
  const { folder } = await filledFolder();
  const holder = start('holdLock.ts', join(folder, 'library.sqlite'), 'exclusive');
  await once(holder.stdout as NodeJS.ReadableStream, 'data');
  expect(() => createLibrary({ folder, busyTimeoutMs: 100 })).toThrowError(
    expect.objectContaining({ code: 'library-locked' }),
  );
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  expect(await openTestLibrary(folder).counts()).toEqual({ media: 1, segments: 200 });
});

test('while another program writes, reading goes on and writing waits, then says why', async () => {
  const { folder, mediaId } = await filledFolder();
  const holder = start('holdLock.ts', join(folder, 'library.sqlite'), 'writing');
  await once(holder.stdout as NodeJS.ReadableStream, 'data');
  const library = openTestLibrary(folder);
  expect((await library.search({ text: 'dog', limit: 5 })).hits).toHaveLength(5);
  await expect(library.createConversation(mediaId, 'x')).rejects.toMatchObject({ code: 'library-locked' });
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  expect(await library.createConversation(mediaId, 'x')).toMatchObject({ title: 'x' });
});

test('two programs fill one library at the same time', async () => {
  const folder = temporaryFolder();
  const programs = ['left', 'right'].map((name) => start('writeFiles.ts', folder, name, '15'));
  const ends = await Promise.all(programs.map((program) => once(program, 'exit')));
  expect(ends.map(([code]) => code)).toEqual([0, 0]);
  const library = openTestLibrary(folder);
  expect(await library.counts()).toEqual({ media: 30, segments: 60 });
  expect((await library.search({ text: 'thingright', limit: 200 })).hits).toHaveLength(30);
});

test('a kill in the middle of writing loses at most the step under way', async () => {
  const folder = temporaryFolder();
  const program = start('writeFiles.ts', folder, 'cut', '100000');
  let lines = '';
  for await (const chunk of program.stdout as NodeJS.ReadableStream) {
    lines += chunk;
    if (lines.split('\n').length > 5) break;
  }
  program.kill('SIGKILL');
  const finished = lines.split('\n').length - 1;
  const library = openTestLibrary(folder);
  const { media, segments } = await library.counts();
  expect(media).toBeGreaterThanOrEqual(finished);
  expect(segments % 2).toBe(0);
  expect((await library.search({ text: 'thingcut', limit: 200 })).hits.length).toBeGreaterThanOrEqual(finished * 2);
  expect((await library.health()).indexRebuilt).toBe(false);
});

test.skipIf(process.platform === 'win32')('a folder without rights is named, with what to do', async () => {
  const folder = temporaryFolder();
  const readable = temporaryFolder();
  chmodSync(folder, 0o555);
  const program = start('openWithoutRights.ts', join(folder, 'library'), readable);
  const error = JSON.parse(await text(program.stdout as NodeJS.ReadableStream));
  chmodSync(folder, 0o755);
  expect(error).toMatchObject({ code: 'file-unreadable', hint: expect.stringContaining('right to write') });
});

test('a path that is a file cannot be a library', () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, 'x');
  expect(() => createLibrary({ folder: file })).toThrowError(expect.objectContaining({ code: 'invalid-input' }));
  expect(existsSync(file)).toBe(true);
});

test('a full disk is said to be full, and what was saved before stays', () => {
  const folder = temporaryFolder();
  const { db } = openLibrary({ folder });
  onTestFinished(() => void db.close());
  setSetting(db, 'small', 'kept');
  db.pragma(`main.max_page_count = ${db.pragma('main.page_count', { simple: true })}`);
  let thrown: unknown;
  try {
    setSetting(db, 'large', 'x'.repeat(100_000));
  } catch (error) {
    thrown = toLibraryError(error, join(folder, 'library.sqlite'));
  }
  expect(thrown).toMatchObject({ code: 'disk-full' });
  expect(db.prepare('SELECT value FROM settings WHERE key = ?').pluck().get('small')).toBe('kept');
});
