/** The player in Chromium shows what the index says of a moment, also where a file does not begin at 0. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { playhead, startPlayhead } from '../../tools/lib/builtPlayhead.ts';
import { ffmpeg } from '../support/media.ts';

test('a click on a scene shows that scene of a file that begins at 30 s', async ({ page }) => {
  const folder = await mkdtemp(join(tmpdir(), 'playhead-clock-'));
  const film = join(folder, 'from 30 s.mkv');
  const scenes = ['red', 'green', 'blue'].flatMap((colour) => [
    '-f',
    'lavfi',
    '-i',
    `color=${colour}:s=64x48:r=25:d=4`,
  ]);
  const sound = ['-f', 'lavfi', '-i', 'sine=440:d=12'];
  const joined = ['-filter_complex', '[0][1][2]concat=n=3[film]', '-map', '[film]', '-map', '3'];
  await ffmpeg(...scenes, ...sound, ...joined, '-c:v', 'libx264', '-c:a', 'aac', '-output_ts_offset', '30', film);
  const library = join(folder, 'library');
  expect(playhead('index', film, '--library', library).exitCode).toBe(0);

  const running = await startPlayhead(library);
  try {
    await page.goto(running.address);
    await page.getByTestId('library-filter').fill('from 30');
    await page.getByTestId('media-card').filter({ hasText: 'from 30 s' }).click();
    const video = page.getByTestId('player').locator('video');
    await expect(video).toHaveJSProperty('readyState', 4);
    await expect(page.getByTestId('segment')).toHaveCount(3);
    for (const [i, colour] of ['red', 'green', 'blue'].entries()) {
      await page.getByTestId('segment').nth(i).click();
      await expect.poll(() => video.evaluate(strongestColour)).toBe(colour);
      // A click goes to the place in the scene that was clicked on.
      const timeSec = Number(await page.getByTestId('player').getAttribute('data-time'));
      expect(timeSec).toBeGreaterThan(4 * i - 0.1);
      expect(timeSec).toBeLessThan(4 * i + 4.1);
    }
  } finally {
    await running.close();
    await rm(folder, { recursive: true, force: true });
  }
});

function strongestColour(video: HTMLVideoElement | SVGElement | HTMLElement): string {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  context?.drawImage(video as HTMLVideoElement, 0, 0, 1, 1);
  const pixel = [...(context?.getImageData(0, 0, 1, 1).data ?? [])].slice(0, 3);
  return ['red', 'green', 'blue'][pixel.indexOf(Math.max(...pixel))] ?? '';
}
