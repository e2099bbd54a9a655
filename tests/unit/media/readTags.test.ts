import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openMedia } from '../../../src/main/media/openMedia.ts';
import { readTags } from '../../../src/main/media/readTags.ts';
import { ffmpeg } from '../../support/media.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playhead-tags-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test.each(['song.mp3', 'song.m4a', 'song.ogg', 'song.flac', 'song.mka', 'clip.mp4'])(
  '%s tells its title and artist, wherever the container keeps them',
  async (name) => {
    const file = join(folder, name);
    const tags = ['-metadata', 'title=Sinnerman', '-metadata', 'artist=Nina Simone', '-metadata', 'album=Pastel Blues'];
    await ffmpeg('-f', 'lavfi', '-i', 'sine=duration=1', ...tags, file);
    const { streams } = await openMedia(file);
    expect(streams.tags).toEqual([
      { name: 'title', text: 'Sinnerman' },
      { name: 'artist', text: 'Nina Simone' },
      { name: 'album', text: 'Pastel Blues' },
    ]);
  },
);

test('tags of one meaning are one, those of the file come first, and what a program writes is none', () => {
  const file = { 'com.apple.quicktime.title': ' Harbour ', ALBUM: 'Trips', show: 'Trips', encoder: 'Lavf59' };
  expect(readTags([file, { title: 'Track 1', COMMENT: '  ', author: 'Ann' }, undefined])).toEqual([
    { name: 'title', text: 'Harbour' },
    { name: 'artist', text: 'Ann' },
    { name: 'album', text: 'Trips' },
  ]);
  expect(readTags([{ comment: 'x'.repeat(5000) }])[0]?.text).toHaveLength(1000);
});
