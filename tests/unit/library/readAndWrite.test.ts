/** Queries that read are told apart from those that write: by the type of what they are given, and by what they do. */
import { expect, onTestFinished, test } from 'vitest';
import type { ReadableDatabase } from '../../../src/main/library/driver.ts';
import { openLibrary } from '../../../src/main/library/openLibrary.ts';
import { reads, writes } from '../../../src/main/library/queries/all.ts';
import { libraryCalls } from '../../../src/main/ports/libraryCalls.ts';
import { addIndexedFile, aJob, knows, openTestLibrary, temporaryFolder } from './libraryFixture.ts';

type Inputs = {
  [N in keyof typeof reads]: Parameters<(typeof reads)[N]> extends [unknown, ...infer Rest] ? Rest : never;
};

test('every call that reads does so where nothing can be written, and no call that writes does', async () => {
  const folder = temporaryFolder();
  const library = openTestLibrary(folder);
  const { mediaId, segmentIds } = await addIndexedFile(library, '/v/a.mp4', [[knows('thing', 'cat')]]);
  const [segmentId = ''] = segmentIds;
  await library.setVector('space', 3, { segmentId, vector: [1, 2, 3] });
  const { id: conversationId } = await library.createConversation(mediaId, 'a talk');
  await library.insertJob(aJob('job'));
  await library.close();

  const { db } = openLibrary({ folder });
  onTestFinished(() => void db.close());
  db.pragma('query_only = ON');
  const inputs: Inputs = {
    knownFileAt: ['/v/a.mp4'],
    knownFilesLike: ['fingerprint'],
    listMedia: [{ text: 'a', sort: 'added', offset: 0, limit: 10 }],
    getMedia: [mediaId],
    hasMeanings: [],
    getVectors: [mediaId],
    measureSegments: [{ adds: 'looks', space: 'space', dimensions: 3 }],
    listSegmentsWithout: [
      { adds: 'captions', version: 'a', hears: true },
      { afterRow: 0, limit: 5 },
    ],
    search: [{ text: 'cat', limit: 5, vector: [1, 2, 3], space: 'space' }],
    thumbnailFile: [segmentId],
    mediaFile: [mediaId],
    listConversations: [mediaId],
    getConversation: [conversationId],
    listRoots: [],
    listFilesAt: ['/v', { after: '', limit: 10 }],
    placeFiles: [[{ path: '/v/a.mp4', sizeBytes: 1, modifiedMs: 1 }]],
    listUnread: [10, []],
    isWaiting: [mediaId],
    changesSince: [0, 10],
    listTags: [],
    listCollections: [],
    getJob: ['job'],
    listJobs: [{ limit: 10 }],
    getWork: [],
    listForgottenFiles: [],
    nextJob: [['index']],
    getSetting: ['a'],
    listSettings: ['a'],
    counts: [],
  };
  for (const [name, input] of Object.entries(inputs)) {
    const read = reads[name as keyof typeof reads] as (db: ReadableDatabase, ...input: unknown[]) => unknown;
    expect(() => read(db, ...input), name).not.toThrow();
  }
  expect(() => writes.setSetting(db, 'a', 'b')).toThrow(/readonly/);
  expect(() => writes.removeMedia(db, mediaId)).toThrow(/readonly/);

  const readable: ReadableDatabase = db;
  // @ts-expect-error what may only be read is not accepted by a query that writes
  expect(() => writes.setSetting(readable, 'a', 'b')).toThrow();
});

test('what a call does is listed once, under its own name', () => {
  const namesThat = (access: string) =>
    Object.keys(libraryCalls).filter((name) => libraryCalls[name as keyof typeof libraryCalls] === access);
  expect(Object.keys(reads).toSorted()).toEqual(
    namesThat('read')
      .filter((name) => name !== 'health')
      .toSorted(),
  );
  expect(Object.keys(writes).toSorted()).toEqual(namesThat('write').toSorted());
  // The function behind a call has the call's name; `getMedia` is put together where it is listed.
  for (const [name, query] of Object.entries({ ...reads, ...writes })) expect(query.name).toBe(name);
});
