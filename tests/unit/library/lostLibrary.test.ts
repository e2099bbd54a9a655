/** A library that has lost its own file, or words in it, is no new library, and its copies outlive that. */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { goodBackups, restoreLibrary, soundLibrary, startEmptyLibrary } from '../../../src/main/engine/restore.ts';
import { createLibrary } from '../../../src/main/library/createLibrary.ts';
import { openTestLibrary, probed, temporaryFolder } from './libraryFixture.ts';

const dayMs = 24 * 3600 * 1000;

/** A closed library with a conversation of many words, and a copy of it. */
async function filledFolder(): Promise<{ folder: string; mediaId: string; conversationId: string }> {
  const folder = temporaryFolder();
  const library = createLibrary({ folder });
  const { item } = await library.registerMedia(probed('/v/a.mp4'));
  const { id } = await library.createConversation(item.id, 'which dog?');
  const words = { role: 'user', state: 'done', segment: null, provenance: null, error: null } as const;
  await library.appendMessage(id, { ...words, text: 'Which dog runs there? '.repeat(50) });
  await library.close();
  await createLibrary({ folder }).close();
  expect(backups(folder)).toHaveLength(1);
  return { folder, mediaId: item.id, conversationId: id };
}

const backups = (folder: string) => readdirSync(join(folder, 'backups'));
const own = (folder: string) => join(folder, 'library.sqlite');

function age(folder: string, days: number): void {
  const date = new Date(Date.now() - days * dayMs);
  for (const name of backups(folder)) utimesSync(join(folder, 'backups', name), date, date);
}

const loss: [string, (folder: string) => void][] = [
  ['missing', (folder) => rmSync(own(folder))],
  ['of no bytes', (folder) => truncateSync(own(folder))],
  [
    'an empty database',
    (folder) => {
      rmSync(own(folder));
      const empty = new Database(own(folder));
      empty.pragma('journal_mode = WAL');
      empty.close();
    },
  ],
];

test.each(loss)('a library whose own file is %s is refused, and the newest good copy is offered', async (_, lose) => {
  const { folder, mediaId } = await filledFolder();
  writeFileSync(join(folder, 'backups', 'library-2026-12-01T00-00-00.sqlite'), 'no copy at all');
  lose(folder);
  for (let start = 0; start < 3; start++) {
    expect(() => createLibrary({ folder })).toThrowError(
      expect.objectContaining({ code: 'library-missing', hint: expect.stringContaining('1 conversations') }),
    );
  }
  await restoreLibrary(folder);
  const library = openTestLibrary(folder);
  expect((await library.listConversations(mediaId)).map(({ title }) => title)).toEqual(['which dog?']);
});

test('an index, pictures or copies alone tell of a library; an empty folder does not', () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'thumbnails', 'some-file'), { recursive: true });
  expect(() => createLibrary({ folder })).toThrowError(expect.objectContaining({ code: 'library-missing' }));
  openTestLibrary(temporaryFolder());
});

test('a person may begin anew beside what is left, and nothing of it is deleted', async () => {
  const { folder } = await filledFolder();
  truncateSync(own(folder));
  const { before } = await startEmptyLibrary(folder);
  expect(existsSync(before as string)).toBe(true);
  expect((await openTestLibrary(folder).listMedia({ sort: 'name', offset: 0, limit: 5 })).total).toBe(0);
  expect(backups(folder)).toHaveLength(1);
});

test('what was in the place of a copy that is put back is kept', async () => {
  const { folder, mediaId } = await filledFolder();
  const library = createLibrary({ folder });
  await library.createConversation(mediaId, 'after the copy');
  await library.close();
  const { before } = await restoreLibrary(folder);
  expect(existsSync(before as string)).toBe(true);
  expect(await openTestLibrary(folder).listConversations(mediaId)).toHaveLength(1);
});

test('a copy that is dated in the future does not stop the daily one', async () => {
  const { folder, mediaId } = await filledFolder();
  age(folder, -400);
  for (const name of backups(folder)) {
    copyFileSync(join(folder, 'backups', name), join(folder, 'backups', 'library-2099-01-01T00-00-00.sqlite'));
    rmSync(join(folder, 'backups', name));
  }
  age(folder, -400);
  const library = createLibrary({ folder });
  await library.createConversation(mediaId, 'another');
  await library.close();
  expect(backups(folder)).toHaveLength(2);
});

test('the copy of a library that lost the person’s words sets the fullest earlier one aside, and says so once', async () => {
  const { folder } = await filledFolder();
  const [full] = backups(folder);
  age(folder, 2);
  const db = new Database(own(folder));
  db.exec('DELETE FROM messages; DELETE FROM conversations');
  db.close();
  const library = createLibrary({ folder });
  expect((await library.health()).notices).toEqual([expect.stringContaining(`kept-${full}`)]);
  await library.close();
  for (let day = 0; day < 7; day++) {
    for (const name of backups(folder).filter((name) => name.startsWith('library-'))) {
      const older = new Date(Date.now() - 2 * dayMs);
      utimesSync(join(folder, 'backups', name), older, older);
    }
    const next = createLibrary({ folder });
    expect((await next.health()).notices).toEqual([]);
    await next.setSetting('day', String(day));
    await next.close();
  }
  expect(backups(folder)).toContain(`kept-${full}`);
  age(folder, 31);
  await createLibrary({ folder }).close();
  expect(backups(folder)).not.toContain(`kept-${full}`);
});

test('what the person deleted counts as theirs: nothing is said', async () => {
  const { folder, conversationId } = await filledFolder();
  age(folder, 2);
  const library = createLibrary({ folder });
  await library.deleteConversation(conversationId);
  await library.close();
  age(folder, 2);
  const next = openTestLibrary(folder);
  expect((await next.health()).notices).toEqual([]);
  expect(backups(folder).filter((name) => name.startsWith('kept-'))).toEqual([]);
});

test('a copy is of the time that its name tells, also where the file was dated anew', async () => {
  const { folder } = await filledFolder();
  const [copy] = backups(folder);
  const [, day, time] = /(\d{4}-\d\d-\d\d)T(\d\d-\d\d)/.exec(copy as string) ?? [];
  age(folder, 3);
  const [backup] = goodBackups(folder);
  expect(backup?.date.slice(0, 16)).toBe(`${day}T${time?.replace('-', ':')}`);
});

test('a library that can be opened is told from one that is lost', async () => {
  const { folder } = await filledFolder();
  expect(soundLibrary(folder)).toMatchObject({ files: 1, conversations: 1 });
  await startEmptyLibrary(folder);
  expect(soundLibrary(folder)).toBeNull();
});
