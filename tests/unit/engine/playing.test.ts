import { expect, test } from 'vitest';
import { clipOf } from '../../../src/main/engine/describeSegment.ts';
import { listMarkers, removeMarker, saveMarker } from '../../../src/main/engine/playing/markers.ts';
import {
  changePlayerMemory,
  readPlayerMemory,
  withChosenSound,
} from '../../../src/main/engine/playing/playerMemory.ts';
import { openTestLibrary, temporaryFolder } from '../library/libraryFixture.ts';
import { probed } from '../library/probedFile.ts';

const marker = (id: string, startSec: number, text = id) => ({ id, startSec, endSec: null, text });

test('markers are in the order of their times, changed by their id, and there after a restart', async () => {
  const folder = temporaryFolder();
  const library = openTestLibrary(folder);
  // At once, as two windows may do it: none of them is lost.
  await Promise.all([saveMarker(library, 'm', marker('b', 9)), saveMarker(library, 'm', marker('a', 3))]);
  await saveMarker(library, 'm', { ...marker('b', 9), endSec: 12, text: 'chapter' });
  await saveMarker(library, 'other', marker('c', 1));
  await removeMarker(library, 'other', 'c');
  await library.close();
  const again = openTestLibrary(folder);
  expect(await listMarkers(again, 'm')).toEqual([
    marker('a', 3),
    { id: 'b', startSec: 9, endSec: 12, text: 'chapter' },
  ]);
  expect(await listMarkers(again, 'other')).toEqual([]);
  await again.close();
});

test('markers that were damaged are not written over', async () => {
  const library = openTestLibrary(temporaryFolder());
  await library.setSetting('markers/m', '[{"id":"a"');
  await expect(saveMarker(library, 'm', marker('b', 1))).rejects.toThrow();
  expect(await library.getSetting('markers/m')).toBe('[{"id":"a"');
  await library.close();
});

test('what is left out of a change of the player stays, and what is damaged is as in the beginning', async () => {
  const library = openTestLibrary(temporaryFolder());
  await changePlayerMemory(library, 'm', { soundTrack: 2 });
  await changePlayerMemory(library, 'm', { subtitles: 'a.srt' });
  expect(await readPlayerMemory(library, 'm')).toEqual({ soundTrack: 2, subtitles: 'a.srt' });
  await library.setSetting('player/m', 'nonsense');
  expect(await readPlayerMemory(library, 'm')).toEqual({ soundTrack: null, subtitles: null });
  await library.close();
});

test('the sound track that was chosen is what the model is given to hear', async () => {
  const library = openTestLibrary(temporaryFolder());
  const { item } = await library.registerMedia(probed('/v/film.mkv'));
  const segment = { startSec: 0, endSec: 4 };
  expect(clipOf(await withChosenSound(library, item), segment)).not.toHaveProperty('soundTrack');
  await changePlayerMemory(library, item.id, { soundTrack: 2 });
  expect(clipOf(await withChosenSound(library, item), segment)).toMatchObject({ soundTrack: 2 });
  await library.close();
});
