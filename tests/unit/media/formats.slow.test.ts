/** What is played in place of a film shows, at every moment, the frame that the film shows then. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openMedia } from '../../../src/main/media/openMedia.ts';
import type { RgbImage } from '../../../src/main/ports/rgbImage.ts';
import { ffmpeg } from '../../support/media.ts';
import { COLUMNS, filmsOf, makeNumbered, numberOf, RATE } from '../../support/numberedFilms.ts';

let folder: string;
let base: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playhead-formats-'));
  base = join(folder, 'numbered.mkv');
  await makeNumbered(base);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test.each(Object.keys(filmsOf('')))('a converted piece of %s shows the frames of its own moments', async (name) => {
  const file = join(folder, name);
  await ffmpeg(...(filmsOf(base)[name] ?? []), file);
  const media = await openMedia(file);
  const piece = join(folder, `${name}.piece.mp4`);
  await writeFile(piece, await media.playable({ format: 'h264', first: 1, count: 2 }));
  const played = await openMedia(piece);
  const frames = [2, 24, 25, 47];
  const shown = await played.framesAt(frames.map((frame) => (frame + 0.5) / RATE));
  for (const [i, frame] of frames.entries()) {
    expect(Math.abs(numberShown(shown[i]) - (frame + RATE)), `frame ${frame} of the piece`).toBeLessThanOrEqual(1);
  }
  // As displayed: pixels are square, and black and white are still that.
  expect(played.facts.width / played.facts.height).toBeCloseTo(media.facts.width / media.facts.height, 1);
});

function numberShown(image: RgbImage | undefined): number {
  if (!image) return Number.NaN;
  const { width, height, data } = image;
  const middle = Math.floor(height / 2) * width;
  const at = (column: number) => data[(middle + Math.floor(((column + 0.5) * width) / COLUMNS)) * 3] ?? 0;
  return numberOf(Array.from({ length: COLUMNS }, (_, column) => at(column)));
}
