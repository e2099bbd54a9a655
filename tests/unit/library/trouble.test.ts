import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { createLibrary } from '../../../src/main/library/createLibrary.ts';
import { toLibraryError } from '../../../src/main/library/libraryErrors.ts';
import { openLibrary } from '../../../src/main/library/openLibrary.ts';
import { setSetting } from '../../../src/main/library/queries/settings.ts';
import type { LibraryApi } from '../../../src/main/ports/libraryApi.ts';
import { addIndexedFile, knows, openTestLibrary, temporaryFolder } from './libraryFixture.ts';

function start(program: string, ...args: string[]): ChildProcess {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'programs', program), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

/** Writes noise over the middle of a file, without changing its size. */
function damage(file: string): void {
  const { size } = statSync(file);
  const noise = Buffer.alloc(Math.floor(size * 0.7), 0xa7);
  const handle = openSync(file, 'r+');
  writeSync(handle, noise, 0, noise.length, Math.floor(size * 0.2));
  closeSync(handle);
}

/** Changes a row while its lookup table is not looked at, as a page that was never written does. */
function forgetLookup(file: string): void {
  const change = (work: (db: Database.Database) => void) => {
    const db = new Database(file);
    db.unsafeMode();
    db.pragma('writable_schema = ON');
    work(db);
    db.close();
  };
  let entry: unknown[] = [];
  change((db) => {
    entry = db.prepare("SELECT * FROM sqlite_schema WHERE name = 'knowledge_by_segment'").raw().get() as unknown[];
    db.exec("DELETE FROM sqlite_schema WHERE name = 'knowledge_by_segment'");
  });
  change((db) => db.exec('UPDATE knowledge SET segment_row = segment_row + 1 WHERE row = 7'));
  change((db) => db.prepare('INSERT INTO sqlite_schema VALUES (?, ?, ?, ?, ?)').run(entry));
}

/** A closed library with an index of a few hundred pages and a conversation. */
async function filledFolder(): Promise<{ folder: string; mediaId: string }> {
  const folder = temporaryFolder();
  const library = createLibrary({ folder });
  const segments = Array.from({ length: 200 }, (_, index) => [
    knows('caption', `a dog number${index} runs over the green meadow ${'and over the hill '.repeat(40)}`),
  ]);
  const { mediaId } = await addIndexedFile(library, '/v/a.mp4', segments);
  await library.createConversation(mediaId, 'which dog?');
  await library.close();
  return { folder, mediaId };
}

async function expectRebuilt(library: LibraryApi, folder: string, mediaId: string): Promise<void> {
  const { item, segments } = await library.getMedia(mediaId);
  expect(item).toMatchObject({ state: 'queued', segmentCount: 0 });
  expect(segments).toEqual([]);
  expect((await library.listConversations(mediaId)).map((each) => each.title)).toEqual(['which dog?']);
  const health = await library.health();
  expect(health.indexRebuilt).toBe(true);
  expect(health.notices).toEqual([expect.stringMatching(/damaged and is built again.*index\.sqlite\.damaged-/)]);
  expect(readdirSync(folder).some((name) => name.startsWith('index.sqlite.damaged-'))).toBe(true);
  await library.replaceSegments(mediaId, [{ startSec: 0, endSec: 1, thumbnailPath: null }]);
  expect((await library.search({ text: 'a', limit: 5 })).hits).toHaveLength(1);
}

test('a damaged index is set aside at the start; files wait for a new one, conversations stay', async () => {
  const { folder, mediaId } = await filledFolder();
  damage(join(folder, 'index.sqlite'));
  await expectRebuilt(openTestLibrary(folder), folder, mediaId);
});

test('an index whose rows and lookups disagree is set aside, though each page reads well', async () => {
  const { folder, mediaId } = await filledFolder();
  forgetLookup(join(folder, 'index.sqlite'));
  await expectRebuilt(openTestLibrary(folder), folder, mediaId);
});

test('files of which a letter changed in the index wait to be indexed again, and no other file does', async () => {
  const folder = temporaryFolder();
  let told = 0;
  const library = createLibrary({ folder }, () => told++);
  onTestFinished(() => library.close());
  const whole = await addIndexedFile(library, '/v/whole.mp4', [[knows('caption', 'a dog')]]);
  const opened = await addIndexedFile(library, '/v/opened.mp4', [[knows('caption', 'a fox'), knows('thing', 'fox')]]);
  for (const name of ['one', 'two']) await addIndexedFile(library, `/v/${name}.mp4`, [[knows('caption', 'a cat')]]);
  const db = new Database(join(folder, 'index.sqlite'));
  db.exec("UPDATE knowledge SET text = replace(replace(text, 'a fox', 'a box'), 'a cat', 'a bat')");
  db.close();
  expect(await library.getMedia(opened.mediaId)).toMatchObject({ item: { state: 'queued' }, segments: [] });
  expect((await library.search({ text: 'cat', limit: 5 })).hits).toEqual([]);
  expect(await library.getMedia(whole.mediaId)).toMatchObject({ item: { state: 'ready' }, segments: [{ ordinal: 0 }] });
  expect(told).toBe(3);
  const forgotten = (await library.listForgottenFiles()).map(({ path }) => path).sort();
  expect(forgotten).toEqual(['/v/one.mp4', '/v/opened.mp4', '/v/two.mp4']);
});

test('half a letter in a text is not taken for damage', async () => {
  const library = openTestLibrary();
  const { mediaId } = await addIndexedFile(library, '/v/a.mp4', [[knows('subtitle', 'half \ud83d of a face')]]);
  const { item, segments } = await library.getMedia(mediaId);
  expect(item.state).toBe('ready');
  expect(segments[0]?.knowledge[0]?.text).toBe('half \ufffd of a face');
});

test('an index that is no database at all is set aside', async () => {
  const { folder, mediaId } = await filledFolder();
  writeFileSync(join(folder, 'index.sqlite'), 'this is not a database'.repeat(500));
  await expectRebuilt(openTestLibrary(folder), folder, mediaId);
});

test('an index that turns out to be damaged while it is searched is set aside, and the search goes on', async () => {
  const { folder, mediaId } = await filledFolder();
  const library = openTestLibrary(folder);
  damage(join(folder, 'index.sqlite'));
  expect((await library.search({ text: 'dog meadow', limit: 200 })).hits).toEqual([]);
  await expectRebuilt(library, folder, mediaId);
});

test('a damaged index that cannot be replaced while another program writes is replaced as soon as it can be', async () => {
  const { folder, mediaId } = await filledFolder();
  const library = createLibrary({ folder, busyTimeoutMs: 100 });
  onTestFinished(() => library.close());
  damage(join(folder, 'index.sqlite'));
  const holder = start('holdLock.ts', join(folder, 'library.sqlite'), 'writing');
  await once(holder.stdout as NodeJS.ReadableStream, 'data');
  for (const _try of [1, 2]) {
    await expect(library.search({ text: 'dog meadow', limit: 200 })).rejects.toMatchObject({ code: 'library-locked' });
  }
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  await expectRebuilt(library, folder, mediaId);
});

test('an index that was deleted is built again', async () => {
  const { folder, mediaId } = await filledFolder();
  copyFileSync(join(folder, 'library.sqlite'), join(folder, 'moved.sqlite'));
  const other = temporaryFolder();
  copyFileSync(join(folder, 'moved.sqlite'), join(other, 'library.sqlite'));
  const library = openTestLibrary(other);
  expect((await library.getMedia(mediaId)).item.state).toBe('queued');
  expect(await library.health()).toMatchObject({ indexRebuilt: true });
  await library.close();
  expect(await openTestLibrary(other).health()).toEqual({ indexRebuilt: false, notices: [] });
});

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
