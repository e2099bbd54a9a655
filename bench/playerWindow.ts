/**
 * After a build, `node bench/playerWindow.ts [film]`: the player of an hour-long film in Chromium: how many stills a
 * second it shows backwards, and how long a frame of the window takes while its timeline is zoomed and moved.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromium, type Page } from '@playwright/test';
import config from '../playwright.config.ts';
import { locateTools } from '../src/main/media/locateFfmpeg.ts';
import { startPlayhead } from '../tools/lib/builtPlayhead.ts';

const run = promisify(execFile);
const folder = await mkdtemp(join(tmpdir(), 'playhead-bench-'));
const film = process.argv[2] ?? (await makeFilm());
const playhead = await startPlayhead(join(folder, 'library'));
const browser = await chromium.launch(config.use?.launchOptions);
try {
  const page = await browser.newPage({ viewport: { width: 1360, height: 880 } });
  await open(page);
  const stills = await stillsBackwards(page);
  const [median, longest] = await frameTimes(page);
  console.log(`load ${loadavg()[0]?.toFixed(1)}`);
  console.log(`backwards: ${stills.toFixed(1)} stills a second`);
  console.log(`a frame while the timeline is zoomed: median ${median.toFixed(0)} ms, longest ${longest.toFixed(0)} ms`);
} finally {
  await browser.close();
  await playhead.close();
  await rm(folder, { recursive: true, force: true });
}

async function makeFilm(): Promise<string> {
  const tool = (await locateTools()).ffmpeg.path ?? 'ffmpeg';
  const [minute, hour] = [join(folder, 'minute.mp4'), join(folder, 'hour.mp4')];
  const picture = ['-f', 'lavfi', '-i', 'testsrc2=size=1280x720:rate=25:duration=60'];
  const sound = ['-f', 'lavfi', '-i', 'sine=440:duration=60', '-c:a', 'aac'];
  await run(tool, [
    '-v',
    'error',
    ...picture,
    ...sound,
    '-c:v',
    'libx264',
    '-preset',
    'ultrafast',
    '-g',
    '100',
    minute,
  ]);
  await run(tool, ['-v', 'error', '-stream_loop', '59', '-i', minute, '-c', 'copy', hour]);
  return hour;
}

/** Adds the film, and opens it as soon as it is known: it is not waited for until it is indexed. */
async function open(page: Page): Promise<void> {
  await page.goto(playhead.address);
  await page.getByTestId('add-button').click();
  await page.getByTestId('add-path').fill(film);
  await page.getByTestId('add-confirm').click();
  const name = film.split(/[\\/]/).at(-1) ?? '';
  await page.getByTestId('media-card').filter({ hasText: name }).click({ timeout: 120_000 });
  await page.getByTestId('jobs-button').click();
  await page.getByTestId('pause-all').click();
  await page.keyboard.press('Escape');
  await page
    .getByTestId('player')
    .locator('video')
    .evaluate((video) => {
      const media = video as HTMLVideoElement;
      return (
        media.readyState > 1 || new Promise((resolve) => media.addEventListener('canplay', resolve, { once: true }))
      );
    });
  await page.waitForTimeout(5000);
}

async function stillsBackwards(page: Page): Promise<number> {
  await page.keyboard.press('End');
  await page.waitForTimeout(1000);
  await page
    .getByTestId('player')
    .locator('video')
    .evaluate((video) => {
      video.addEventListener('seeked', () => {
        video.dataset.seeked = String(Number(video.dataset.seeked ?? 0) + 1);
      });
    });
  await page.keyboard.press('j');
  await page.waitForTimeout(5000);
  await page.keyboard.press('k');
  return Number(await page.getByTestId('player').locator('video').getAttribute('data-seeked')) / 5;
}

/** Milliseconds between two frames of the window: the median and the longest. */
async function frameTimes(page: Page): Promise<[number, number]> {
  await page.evaluate(() => {
    const times: number[] = [];
    const note = (time: number) => {
      times.push(time);
      requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
    Object.assign(window, { times });
  });
  for (let i = 0; i < 20; i++) {
    await page.keyboard.press(i < 10 ? '+' : '-');
    await page.waitForTimeout(100);
  }
  const times = await page.evaluate(() => (window as unknown as { times: number[] }).times);
  const gaps = times
    .slice(1)
    .map((time, i) => time - (times[i] as number))
    .sort((a, b) => a - b);
  return [gaps[Math.floor(gaps.length / 2)] ?? 0, gaps.at(-1) ?? 0];
}
