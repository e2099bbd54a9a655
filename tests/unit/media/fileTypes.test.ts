/** The one table of endings, and what derives from it. */
import { expect, test } from 'vitest';
import { contentTypeOf, endingsOf, FILE_TYPES, isMediaName, typeOfName } from '../../../src/main/media/fileTypes.ts';
import { isSubtitleName } from '../../../src/main/media/subtitles/findSidecars.ts';
import { FORMATS } from '../../../src/main/media/subtitles/parseSubtitles.ts';

test('every ending stands in one row, written as it is compared', () => {
  const endings = FILE_TYPES.flatMap((row) => row.endings);
  expect(endings.filter((ending, index) => endings.indexOf(ending) !== index)).toEqual([]);
  expect(endings.filter((ending) => !/^\.[a-z0-9]+$/.test(ending))).toEqual([]);
  expect(endingsOf('video', 'audio', 'image').size).toBe(169);
});

test('what is told to be readable as subtitles has a reader, and every reader an ending', () => {
  const read = FILE_TYPES.filter(({ kind, isUnread }) => kind === 'subtitle' && !isUnread).flatMap(
    (row) => row.endings,
  );
  expect(read.sort()).toEqual(Object.keys(FORMATS).sort());
  expect(isSubtitleName('Film.en.SRT')).toBe(true);
  expect(isSubtitleName('film.mp4')).toBe(false);
});

test('a name promises a film, sound or a picture whatever its case; a drawing and a text promise none', () => {
  expect(['A.MJPEG', 'b.MOV', 'c.Flac', 'd.heic'].map((name) => typeOfName(name)?.kind)).toEqual([
    'video',
    'video',
    'audio',
    'image',
  ]);
  expect(['a.srt', 'a.svg', 'a.html', 'noending', '.mp4'].filter(isMediaName)).toEqual([]);
});

test('only pictures, video and sound are served as what they are; anything else is bytes', () => {
  expect(contentTypeOf('/films/a.MP4')).toBe('video/mp4');
  expect(contentTypeOf('/films/a.mjpeg')).toBe('video/x-motion-jpeg');
  for (const name of ['a.svg', 'a.html', 'a.swf', 'a.srt', 'a.vtt', 'a'])
    expect(contentTypeOf(name)).toBe('application/octet-stream');
});
