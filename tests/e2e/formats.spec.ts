/** Films and sounds that a browser engine may not decode play all the same, and show the frame that was asked for. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { type RunningPlayhead, startPlayhead } from '../../tools/lib/builtPlayhead.ts';
import { ffmpeg } from '../support/media.ts';
import { COLUMNS, filmsOf, makeNumbered, numberOf, RATE, sound } from '../support/numberedFilms.ts';
import { addPath, card, expect, openFile, openLibrary, showOnly, test } from './support/window.ts';

let running: RunningPlayhead;
let folder: string;

/** One for each way in which a file is played; the others are in `tests/unit/media/formats.slow.test.ts`. */
const shown = ['vp9.webm', 'prores.mov', 'hevc from 30 s.mkv', 'animation.gif'];

test.beforeAll(async ({ browser }) => {
  folder = await mkdtemp(join(tmpdir(), 'playhead-formats-'));
  await mkdir(join(folder, 'films'));
  const base = join(folder, 'numbered.mkv');
  await makeNumbered(base);
  const films = filmsOf(base);
  const make = (name: string, args: string[]) => ffmpeg(...args, join(folder, 'films', name));
  await Promise.all(shown.map((name) => make(name, films[name] ?? [])));
  await make('sound.wma', [...sound, '-c:a', 'wmav2']);
  await make('two sounds.mkv', films['two sounds.mkv'] ?? []);
  await writeFile(join(folder, 'films', 'two sounds.en.srt'), '1\n00:00:00,000 --> 00:00:04,000\nGood evening.\n');
  running = await startPlayhead(join(folder, 'library'));
  const page = await browser.newPage();
  await openLibrary(page, running);
  await addPath(page, join(folder, 'films'));
  for (const name of [...shown, 'sound.wma', 'two sounds.mkv']) await showOnly(page, name);
  // They are known, which is enough to be played.
  const pause = page.getByTestId('pause-all').first();
  if (await pause.isVisible()) await pause.click();
  await page.close();
});
test.afterAll(async () => {
  await running.close();
  await rm(folder, { recursive: true, force: true });
});

const element = (page: Page) => page.getByTestId('player').locator('video, audio');

/** Goes to a moment, and gives the number of the frame that is shown then, read from its pixels. */
async function frameAt(page: Page, sec: number): Promise<number> {
  const row = await element(page).evaluate(
    async (media, { at, columns }) => {
      const video = media as HTMLVideoElement;
      video.currentTime = at;
      // Not the next `seeked`: that may be of a jump that was under way before.
      while (video.seeking || video.readyState < 2) await new Promise((resolve) => setTimeout(resolve, 20));
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const context = new OffscreenCanvas(columns, 1).getContext('2d', { willReadFrequently: true });
      context?.drawImage(video, 0, 0, columns, 1);
      const pixels = context?.getImageData(0, 0, columns, 1).data ?? [];
      return Array.from({ length: columns }, (_, column) => pixels[column * 4] ?? 0);
    },
    { at: sec, columns: COLUMNS },
  );
  return numberOf(row);
}

async function untilPlayed(page: Page, sec: number): Promise<void> {
  const time = () => element(page).evaluate((media) => (media as HTMLMediaElement).currentTime);
  await expect.poll(time).toBeGreaterThan(sec);
}

test('each way of playing a film shows the frame that is asked for, and plays on', async ({ page }) => {
  await openLibrary(page, running);
  for (const name of shown) {
    await showOnly(page, name);
    const id = await card(page, name).getAttribute('data-media-id');
    await page.evaluate((to) => window.location.assign(to), `#/media/${id}`);
    await expect(page.getByTestId('media-title')).toContainText(name);
    await expect
      .poll(() => element(page).evaluate((media) => (media as HTMLMediaElement).readyState))
      .toBeGreaterThan(1);
    for (const frame of [70, 20, 2]) {
      const difference = Math.abs((await frameAt(page, (frame + 0.5) / RATE)) - frame);
      expect(difference, `frame ${frame} of ${name}`).toBeLessThanOrEqual(1);
    }
    await page.getByTestId('play-pause').click();
    await untilPlayed(page, 0.5);
    await expect(page.getByTestId('player-trouble')).toHaveCount(0);
    await page.getByTestId('back').click();
  }
});

test('sound that the window cannot decode is heard, and what was done is said', async ({ page }) => {
  await openLibrary(page, running);
  await openFile(page, 'sound.wma');
  await expect(page.getByTestId('play-note')).toContainText('cannot play wmav2');
  await page.getByTestId('play-pause').click();
  await untilPlayed(page, 0.5);
  expect(await element(page).evaluate(loudness)).toBeGreaterThan(0.05);
});

test('the sound track that is chosen plays, and the subtitles that are chosen are shown', async ({ page }) => {
  await openLibrary(page, running);
  await openFile(page, 'two sounds');
  await page.getByTestId('subtitles').click();
  await page.getByTestId('subtitles-choice').filter({ hasText: 'two sounds.en.srt' }).click();
  await expect(page.getByTestId('subtitle-lines')).toContainText('Good evening.');
  await page.getByTestId('sound-track').click();
  await page.getByTestId('sound-track-choice').filter({ hasText: 'French' }).click();
  // What the engine says of it now, which is also what the model hears.
  await expect(page.getByTestId('play-note')).toBeVisible();
  await page.getByTestId('sound-track').click();
  const french = page.getByTestId('sound-track-choice').filter({ hasText: 'French' });
  await expect(french).toHaveAttribute('aria-checked', 'true');
  await french.click();
  await page.getByTestId('play-pause').click();
  await untilPlayed(page, 0.3);
});

/** Runs in the page: the loudest sample just now. */
async function loudness(media: HTMLElement | SVGElement): Promise<number> {
  const context = new AudioContext();
  const source = context.createMediaElementSource(media as HTMLMediaElement);
  const meter = context.createAnalyser();
  source.connect(meter);
  await context.resume();
  await new Promise((resolve) => setTimeout(resolve, 300));
  const samples = new Float32Array(meter.fftSize);
  meter.getFloatTimeDomainData(samples);
  return Math.max(...samples.map(Math.abs));
}
