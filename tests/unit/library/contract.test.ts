/**
 * What the engine may rely on, whatever store is behind the library's port: the same suite over the library in the
 * calling thread and in a thread of its own. Another store joins by a row in `stores`.
 */
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { connectLibrary } from '../../../src/main/library/connectLibrary.ts';
import { createLibrary } from '../../../src/main/library/createLibrary.ts';
import type { LibraryApi } from '../../../src/main/ports/libraryApi.ts';
import { type LibraryCall, libraryCallNames } from '../../../src/main/ports/libraryCalls.ts';
import { aJob, knows, probed, temporaryFolder } from './libraryFixture.ts';

const stores: [string, (folder: string) => Promise<LibraryApi> | LibraryApi][] = [
  ['in the calling thread', (folder) => createLibrary({ folder })],
  ['in a thread of its own', (folder) => connectLibrary({ folder }, () => {})],
];

/** Where each call of the port is tested: a new one is a row here. */
const testedIn: Record<LibraryCall, 'here' | 'a suite of its own'> = {
  registerMedia: 'here',
  knownFileAt: 'here',
  knownFilesLike: 'here',
  setContentHash: 'here',
  listRoots: 'here',
  addRoot: 'here',
  changeRoot: 'here',
  removeRoot: 'here',
  listFilesAt: 'here',
  placeFiles: 'here',
  nameFiles: 'here',
  listUnread: 'here',
  keepSubtitles: 'here',
  changesSince: 'here',
  isWaiting: 'here',
  setOffline: 'here',
  noteMoved: 'here',
  listMedia: 'here',
  getMedia: 'here',
  setMediaState: 'here',
  removeMedia: 'here',
  replaceSegments: 'here',
  replaceKnowledge: 'here',
  setVector: 'here',
  hasMeanings: 'a suite of its own',
  getVectors: 'here',
  listSegmentsWithout: 'a suite of its own',
  measureSegments: 'a suite of its own',
  search: 'here',
  thumbnailFile: 'here',
  mediaFile: 'here',
  addQuestion: 'here',
  createConversation: 'here',
  appendMessage: 'here',
  updateMessage: 'here',
  listConversations: 'here',
  getConversation: 'here',
  deleteConversation: 'here',
  markFiles: 'here',
  rememberOpened: 'here',
  listTags: 'here',
  listCollections: 'here',
  saveCollection: 'here',
  deleteCollection: 'here',
  collectFiles: 'here',
  insertJob: 'here',
  updateJob: 'here',
  updateJobs: 'here',
  dismissJobs: 'here',
  getJob: 'here',
  listJobs: 'here',
  getWork: 'here',
  listForgottenFiles: 'here',
  nextJob: 'here',
  recoverJobs: 'here',
  getSetting: 'here',
  setSetting: 'here',
  listSettings: 'here',
  counts: 'here',
  health: 'here',
};

describe.each(stores)('the library %s', (_name, open) => {
  const called = new Set<string>();

  async function openStore(folder = temporaryFolder()): Promise<LibraryApi> {
    const library = await open(folder);
    let isClosed = false;
    onTestFinished(async () => {
      if (!isClosed) await library.close();
    });
    return new Proxy(library, {
      get(target, name) {
        called.add(String(name));
        if (name === 'close') isClosed = true;
        return Reflect.get(target, name, target);
      },
    });
  }

  async function withFile(): Promise<{ library: LibraryApi; mediaId: string; segmentId: string; folder: string }> {
    const folder = temporaryFolder();
    const library = await openStore(folder);
    const mediaId = (await library.registerMedia({ ...probed('/v/a.mp4'), tags: [{ name: 'artist', text: 'Ada' }] }))
      .item.id;
    const [segmentId = ''] = await library.replaceSegments(mediaId, [
      { startSec: 0, endSec: 9, thumbnailPath: '/t/0.jpg' },
    ]);
    await library.replaceKnowledge(segmentId, [knows('thing', 'cat')]);
    await library.setMediaState(mediaId, 'ready');
    return { library, mediaId, segmentId, folder };
  }

  test('keeps a file with what is known of it, and finds it', async () => {
    const { library, mediaId, segmentId } = await withFile();
    await library.setContentHash(mediaId, 'whole');
    await library.setVector('space', 2, { segmentId, vector: [3, 4] });
    expect(await library.getMedia(mediaId)).toMatchObject({ item: { state: 'ready' }, segments: [{ id: segmentId }] });
    expect(await library.getVectors(mediaId)).toMatchObject([{ space: 'space', segmentId }]);
    expect(await library.knownFileAt('/v/a.mp4')).toMatchObject({ id: mediaId, contentHash: 'whole' });
    expect(await library.knownFilesLike(probed('/v/a.mp4').fingerprint)).toHaveLength(1);
    expect(await library.listMedia({ sort: 'added', offset: 0, limit: 9 })).toMatchObject({ total: 1 });
    for (const text of ['cat', 'ada']) expect((await library.search({ text, limit: 9 })).hits).toHaveLength(1);
    expect([await library.thumbnailFile(segmentId), await library.mediaFile(mediaId)]).toEqual([
      '/t/0.jpg',
      '/v/a.mp4',
    ]);
    expect(await library.counts()).toEqual({ media: 1, segments: 1 });
    expect(await library.removeMedia(mediaId)).toBe(true);
    await expect(library.getMedia(mediaId)).rejects.toMatchObject({ code: 'not-found' });
  });

  test('keeps the words of a person, whatever happens to a file', async () => {
    const { library, mediaId } = await withFile();
    const { id: talk } = await library.createConversation(mediaId, 'a talk');
    const said = { role: 'user', text: 'who?', state: 'done', segment: null, provenance: null, error: null } as const;
    const { id: message } = await library.appendMessage(talk, said);
    await library.updateMessage(message, { text: 'who is it?' });
    await library.markFiles([mediaId], { addTags: ['Family'], rating: 5 });
    await library.rememberOpened(mediaId, 3.5);
    const { id: collection } = await library.saveCollection({ name: 'Best', search: null });
    await library.collectFiles(collection, { add: [mediaId], remove: [] });
    await library.removeMedia(mediaId);
    expect((await library.registerMedia(probed('/v/b.mp4', '/v/a.mp4'))).item).toMatchObject({
      ...{ id: mediaId, marks: { tags: ['Family'], rating: 5, resumeSec: 3.5 } },
    });
    expect((await library.getConversation(talk)).messages).toMatchObject([{ text: 'who is it?' }]);
    expect(await library.listConversations(mediaId)).toMatchObject([{ id: talk }]);
    expect(await library.listCollections()).toMatchObject([{ name: 'Best', files: 1 }]);
    expect(await library.listTags()).toEqual([{ name: 'Family', files: 1 }]);
    expect([await library.deleteCollection(collection), await library.deleteConversation(talk)]).toEqual([true, true]);
  });

  test('keeps work in its order, and takes up what a kill left behind', async () => {
    const { library, mediaId, folder } = await withFile();
    await library.insertJob(aJob('low', { priority: 1, mediaId }));
    await library.insertJob(aJob('high', { priority: 2 }));
    expect((await library.nextJob(['index']))?.id).toBe('high');
    await library.updateJob('high', { state: 'done' });
    await library.updateJobs({ mediaId, states: ['queued'] }, { state: 'running' });
    expect(await library.isWaiting(mediaId)).toBe(true);
    expect((await library.getWork()).reduce((sum, { files }) => sum + files, 0)).toBe(2);
    expect(await library.dismissJobs({ ids: ['high'] })).toEqual(['high']);
    expect((await library.listJobs({ limit: 9 })).map(({ id }) => id)).toEqual(['low']);
    await library.close();
    const again = await openStore(folder);
    expect(await again.recoverJobs({ index: 'requeue' })).toMatchObject([{ id: 'low', state: 'queued' }]);
    expect((await again.getJob('low')).priority).toBe(1);
    expect(await again.listForgottenFiles()).toEqual([]);
  });

  test('writes a question with its answer to come and its job, or nothing', async () => {
    const { library, mediaId } = await withFile();
    const question = {
      mediaId,
      conversationId: 'c',
      isFirst: true,
      question: 'who?',
      answerId: 'a',
      segment: { startSec: 0, endSec: 9 },
    };
    await library.addQuestion({ ...question, job: aJob('ask', { kind: 'ask' }) });
    expect((await library.getConversation('c')).messages).toHaveLength(2);
    const other = { ...question, conversationId: 'd', mediaId: 'nobody', job: aJob('other', { kind: 'ask' }) };
    await expect(library.addQuestion(other)).rejects.toMatchObject({ code: 'not-found' });
    await expect(library.getJob('other')).rejects.toMatchObject({ code: 'not-found' });
  });

  test('follows folders: files by their names, their subtitles, in their places and away', async () => {
    const library = await openStore();
    const { id: rootId } = await library.addRoot('/v');
    await library.changeRoot(rootId, { ignore: ['*.tmp'] });
    const file = { kind: 'video', sizeBytes: 10, modifiedMs: 1000, isSample: false } as const;
    await library.nameFiles([{ ...file, id: 'a', path: '/v/a.mp4' }], [aJob('job', { mediaId: 'a' })]);
    await library.keepSubtitles('a', [knows('subtitle', 'ahoy', 4)]);
    for (const text of ['ahoy', 'a']) expect((await library.search({ text, limit: 9 })).hits).toHaveLength(1);
    expect(await library.listUnread(9, [])).toMatchObject([{ id: 'a' }]);
    expect(await library.setOffline(['a'], true)).toEqual(['a']);
    await library.noteMoved('a', '/v/b.mp4', 1000);
    expect(await library.listFilesAt('/v', { after: '', limit: 9 })).toMatchObject([
      { path: '/v/b.mp4', isOffline: true },
    ]);
    expect(await library.placeFiles([{ path: '/v/c.mp4', sizeBytes: 10, modifiedMs: 1000 }])).toMatchObject([
      { known: null, sameSize: [{ id: 'a' }] },
    ]);
    expect(await library.listRoots()).toMatchObject([{ path: '/v', ignore: ['*.tmp'], files: 1 }]);
    expect(await library.removeRoot(rootId, true)).toEqual(['a']);
    // With its segments a file needs no place for its name.
    const { item } = await library.registerMedia(probed('/v/c.mp4'));
    await library.replaceSegments(item.id, [{ startSec: 0, endSec: 9, thumbnailPath: null }]);
    await library.keepSubtitles(item.id, [knows('subtitle', 'ahoy')]);
    expect((await library.search({ text: 'ahoy', limit: 9 })).hits).toEqual([]);
  });

  test('numbers every change, so that a reader goes on where it was', async () => {
    const { library, mediaId } = await withFile();
    const { latest, changes } = await library.changesSince(0, 100);
    expect(changes.map(({ id }) => id)).toEqual([mediaId]);
    await library.markFiles([mediaId], { rating: 1 });
    const { id } = await library.saveCollection({ name: 'Best', search: null });
    await library.removeMedia(mediaId);
    const after = await library.changesSince(latest, 100);
    expect(after.changes.map(({ kind, id: changed }) => [kind, changed])).toEqual([
      ['collection', id],
      ['media', mediaId],
    ]);
    expect(after.changes.every(({ sequence }) => sequence > latest)).toBe(true);
    expect(await library.changesSince(after.latest, 100)).toEqual({ latest: after.latest, changes: [] });
  });

  test('keeps settings, and says how it was found', async () => {
    const library = await openStore();
    await library.setSetting('a.b', 'c');
    expect([await library.getSetting('a.b'), await library.getSetting('none')]).toEqual(['c', null]);
    expect(await library.listSettings('a.')).toEqual(['a.b']);
    expect(await library.health()).toMatchObject({ notices: [], indexRebuilt: false });
  });

  afterAll(() => {
    const notCalled = libraryCallNames.filter((name) => testedIn[name] === 'here' && !called.has(name));
    expect(notCalled).toEqual([]);
  });
});
