/** What is done with a library as a whole. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LibraryLock } from '../../../src/main/engine/libraryLock.ts';
import { backUpLibrary, checkLibrary, discardIndex, moveLibrary } from '../../../src/main/engine/libraryTools.ts';
import { createLibrary } from '../../../src/main/library/createLibrary.ts';
import { readCopy } from '../../../src/main/library/readCopy.ts';
import { addIndexedFile, knows, openTestLibrary, temporaryFolder } from '../library/libraryFixture.ts';

/** A library of two files, one of which is in its place. */
async function libraryIn(folder: string): Promise<{ here: string; mediaId: string }> {
  const library = openTestLibrary(folder);
  const here = join(folder, '..', 'here.mp4');
  writeFileSync(here, 'x');
  const { mediaId } = await addIndexedFile(library, here, [[knows('thing', 'cat')]]);
  mkdirSync(join(folder, 'thumbnails', mediaId), { recursive: true });
  const thumbnailPath = join(folder, 'thumbnails', mediaId, 'a.jpg');
  writeFileSync(thumbnailPath, 'a picture');
  await library.replaceSegments(mediaId, [{ startSec: 0, endSec: 10, thumbnailPath }]);
  await addIndexedFile(library, join(folder, '..', 'gone.mp4'), [[]]);
  await library.close();
  return { here, mediaId };
}

test('a check tells what is there, what is away, and that it is sound', async () => {
  const home = temporaryFolder();
  const folder = join(home, 'library');
  await libraryIn(folder);
  expect(await checkLibrary(folder)).toMatchObject({
    ...{ isSound: true, isIndexSound: true, files: 2, missingCount: 1, missing: [join(home, 'gone.mp4')], notices: [] },
  });
});

test('a copy is made beside the others or where it is named, and never over anything', async () => {
  const home = temporaryFolder();
  const folder = join(home, 'library');
  await libraryIn(folder);
  expect(readCopy(await backUpLibrary(folder))?.files).toBe(2);
  const named = join(home, 'my copy.sqlite');
  expect(await backUpLibrary(folder, named)).toBe(named);
  expect(readCopy(named)?.files).toBe(2);
  await expect(backUpLibrary(folder, named)).rejects.toMatchObject({ code: 'invalid-input', file: named });
});

test('an index that is put aside is kept, and its files wait to be read again', async () => {
  const folder = join(temporaryFolder(), 'library');
  const { mediaId } = await libraryIn(folder);
  const before = await discardIndex(folder);
  expect(existsSync(before ?? '')).toBe(true);
  const library = openTestLibrary(folder);
  expect((await library.getMedia(mediaId)).item.state).toBe('queued');
});

test('a library that moves keeps everything, its pictures too, and the old folder is kept', async () => {
  const home = temporaryFolder();
  const [folder, target] = [join(home, 'library'), join(home, 'elsewhere', 'library')];
  const { mediaId } = await libraryIn(folder);
  const moved = await moveLibrary(folder, target);
  expect([moved.folder, existsSync(folder), existsSync(moved.before)]).toEqual([target, false, true]);
  const library = createLibrary({ folder: target });
  const { item, segments } = await library.getMedia(mediaId);
  expect(item).toMatchObject({ state: 'ready', segmentCount: 1 });
  expect(await library.thumbnailFile(segments[0]?.id ?? '')).toBe(join(target, 'thumbnails', mediaId, 'a.jpg'));
  await library.close();
  expect(readdirSync(target)).not.toContain('playhead.lock');
});

test('a library in use is not moved, nor one into itself or over something', async () => {
  const home = temporaryFolder();
  const folder = join(home, 'library');
  await libraryIn(folder);
  const lock = await LibraryLock.take(folder);
  await expect(moveLibrary(folder, join(home, 'new'))).rejects.toMatchObject({ code: 'library-locked' });
  await lock.release();
  await expect(moveLibrary(folder, join(folder, 'deep'))).rejects.toMatchObject({ code: 'invalid-input' });
  await expect(moveLibrary(folder, home)).rejects.toMatchObject({ code: 'invalid-input', file: home });
  expect(existsSync(join(folder, 'library.sqlite'))).toBe(true);
});
