import { once } from 'node:events';
import { copyFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { createLibrary } from '../../../src/main/library/createLibrary.ts';
import type { LibraryApi } from '../../../src/main/ports/libraryApi.ts';
import { addIndexedFile, knows, openTestLibrary, temporaryFolder } from './libraryFixture.ts';
import { damage, filledFolder, start } from './troubleFixture.ts';

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
