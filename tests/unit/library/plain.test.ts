/** A library as plain files, and back. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createLibrary } from '../../../src/main/library/createLibrary.ts';
import { openLibrary } from '../../../src/main/library/openLibrary.ts';
import { exportLibrary } from '../../../src/main/library/plain/exportLibrary.ts';
import { importLibrary } from '../../../src/main/library/plain/importLibrary.ts';
import { addIndexedFile, aJob, knows, openTestLibrary, temporaryFolder } from './libraryFixture.ts';

/** A library with something in every table. */
async function fullLibrary(folder: string): Promise<string> {
  const thumbnails = join(folder, 'thumbnails');
  const library = openTestLibrary(folder);
  const { mediaId, segmentIds } = await addIndexedFile(library, '/v/a.mp4', [
    [knows('thing', 'cat'), { ...knows('caption', 'a cat sleeps'), sourceVersion: 'v1' }],
    [knows('subtitle', 'miaow', 10)],
  ]);
  mkdirSync(join(thumbnails, mediaId), { recursive: true });
  writeFileSync(join(thumbnails, mediaId, 'picture.jpg'), 'a picture');
  await library.replaceSegments(mediaId, [
    { startSec: 0, endSec: 10, thumbnailPath: join(thumbnails, mediaId, 'picture.jpg') },
    { startSec: 10, endSec: 20, thumbnailPath: null },
  ]);
  const { segments } = await library.getMedia(mediaId);
  expect(segments).toHaveLength(segmentIds.length);
  await library.replaceKnowledge(segments[0]?.id ?? '', [knows('thing', 'cat'), knows('caption', 'a cat “sleeps”\n')]);
  await library.replaceKnowledge(segments[1]?.id ?? '', [knows('subtitle', 'miaow', 10)]);
  await library.setVector('space', 3, { segmentId: segments[0]?.id ?? '', vector: [1, 2, 3] });
  await library.markFiles([mediaId], { rating: 4, note: 'äöü', addTags: ['Été'] });
  const { id } = await library.saveCollection({ name: 'Best', search: null });
  await library.collectFiles(id, { add: [mediaId], remove: [] });
  await library.saveCollection({ name: 'Cats', search: 'cat' });
  await library.addRoot('/v');
  const talk = await library.createConversation(mediaId, 'a talk');
  await library.appendMessage(talk.id, {
    role: 'user',
    text: 'who?',
    state: 'done',
    segment: null,
    provenance: null,
    error: null,
  });
  await library.insertJob(aJob('job', { state: 'done' }));
  await library.setSetting('a', 'b');
  await library.close();
  return mediaId;
}

function exportFrom(folder: string, target: string): Record<string, number> {
  const { db } = openLibrary({ folder });
  const lines = exportLibrary(db, join(folder, 'thumbnails'), target);
  db.close();
  return lines;
}

/** Every file of a folder with its text; only this machine's own paths are made the same. */
function contents(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map(({ parentPath, name }) => [
      join(parentPath, name).slice(folder.length),
      readFileSync(join(parentPath, name), 'utf8'),
    ]),
  );
}

test('what is exported and imported again is exported as the same files, word for word', async () => {
  const folder = temporaryFolder();
  const mediaId = await fullLibrary(join(folder, 'one'));
  const lines = exportFrom(join(folder, 'one'), join(folder, 'plain'));
  expect(lines).toMatchObject({
    media: 1,
    messages: 1,
    marks: 1,
    tags: 1,
    collections: 2,
    roots: 1,
    jobs: 1,
    segments: 2,
  });
  await importLibrary(join(folder, 'plain'), join(folder, 'two'), join(folder, 'two', 'thumbnails'));
  exportFrom(join(folder, 'two'), join(folder, 'again'));
  expect(contents(join(folder, 'again'))).toEqual(contents(join(folder, 'plain')));

  const library = createLibrary({ folder: join(folder, 'two') });
  const { item, segments } = await library.getMedia(mediaId);
  expect(item).toMatchObject({ state: 'ready', segmentCount: 2, marks: { rating: 4, tags: ['Été'] } });
  expect(segments[0]?.knowledge.map(({ text }) => text)).toEqual(['cat', 'a cat “sleeps”\n']);
  expect((await library.search({ text: 'miaow', limit: 5 })).hits).toHaveLength(1);
  expect(await library.getVectors(mediaId)).toHaveLength(1);
  const picture = await library.thumbnailFile(segments[0]?.id ?? '');
  expect(readFileSync(picture ?? '', 'utf8')).toBe('a picture');
  await library.close();
});

test('nothing is written over: neither a folder with something in it nor a library that is there', async () => {
  const folder = temporaryFolder();
  await fullLibrary(join(folder, 'one'));
  expect(() => exportFrom(join(folder, 'one'), folder)).toThrow(/something in this one/);
  exportFrom(join(folder, 'one'), join(folder, 'plain'));
  await expect(importLibrary(join(folder, 'plain'), join(folder, 'one'), folder)).rejects.toThrow(
    /a library in this folder/,
  );
});

test('an export that is not whole is refused by name, and leaves no library behind', async () => {
  const folder = temporaryFolder();
  await fullLibrary(join(folder, 'one'));
  exportFrom(join(folder, 'one'), join(folder, 'plain'));
  const into = (name: string) => importLibrary(join(folder, 'plain'), join(folder, name), folder);
  writeFileSync(join(folder, 'plain', 'library', 'tags.jsonl'), '{"media_id": ');
  await expect(into('torn')).rejects.toMatchObject({
    code: 'file-damaged',
    file: expect.stringContaining('tags.jsonl'),
  });
  writeFileSync(join(folder, 'plain', 'library', 'tags.jsonl'), '{"media_id":"nobody","folded":"a","name":"a"}\n');
  await expect(into('broken')).rejects.toMatchObject({ code: 'file-damaged' });
  for (const name of ['torn', 'broken']) expect(existsSync(join(folder, name, 'library.sqlite'))).toBe(false);
  rmSync(join(folder, 'plain', 'manifest.json'));
  await expect(into('none')).rejects.toMatchObject({ code: 'file-not-found' });
  writeFileSync(join(folder, 'plain', 'manifest.json'), '{"format": 99, "version": 1, "lines": {}}');
  await expect(into('newer')).rejects.toMatchObject({ code: 'library-newer' });
});
