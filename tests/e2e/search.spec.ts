/** What a person types into the search field, and what the window says and opens. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { ffmpeg } from '../support/media.ts';
import { playhead, type RunningPlayhead, startPlayhead } from './support/playhead.ts';

test.describe.configure({ mode: 'serial' });

let running: RunningPlayhead;
let page: Page;
let folder: string;

test.beforeAll(async ({ browser }) => {
  folder = await mkdtemp(join(tmpdir(), 'playhead-search-'));
  const at = (name: string) => join(folder, name);
  const picture = ['-f', 'lavfi', '-i', 'gradients=size=160x120:rate=10:duration=10:speed=0.01'];
  const h264 = ['-c:v', 'libx264', '-pix_fmt', 'yuv420p'];
  await ffmpeg(...picture, ...h264, at('lecture.mp4'));
  await ffmpeg(...picture, ...h264, '-metadata', 'artist=Nina Simone', at('peppers.mp4'));
  const cue = '1\n00:00:04,500 --> 00:00:07,000\nHot lava flows downhill.\n';
  await writeFile(at('lecture.srt'), cue);
  const indexed = playhead('index', at('lecture.mp4'), at('peppers.mp4'), '--library', at('library'));
  expect(indexed.exitCode, indexed.stderr).toBe(0);
  running = await startPlayhead(at('library'));
  page = await browser.newPage();
  await page.goto(running.address);
});
test.afterAll(async () => {
  await running.close();
  await rm(folder, { recursive: true, force: true });
});

async function search(words: string): Promise<void> {
  await page.getByTestId('search-box').fill(words);
}

const hits = () => page.getByTestId('search-hit');

test('a word that is said opens the file where it is said, and the hit says so in words', async () => {
  await search('lava downhill');
  await expect(hits()).toHaveCount(1);
  await expect(hits()).toContainText('lecture.mp4');
  await expect(hits()).toContainText('subtitles at 0:04 · lecture.srt');
  await hits().click();
  await expect(page.getByTestId('media-title')).toContainText('lecture');
  const time = async () => Number(await page.getByTestId('player').getAttribute('data-time'));
  await expect.poll(async () => Math.abs((await time()) - 4.5)).toBeLessThan(0.2);
});

test('where nothing has all of the words, the window says what it shows instead; half of them is nothing', async () => {
  await search('red pepper');
  await expect(hits()).toHaveCount(1);
  await expect(hits()).toContainText('peppers.mp4');
  await expect(page.getByTestId('search-notice').first()).toContainText('Nothing has all of these words');
  await search('hot peppers guitar');
  await expect(page.getByTestId('no-moments')).toBeVisible();
});

test('an artist and a phrase in quotes are found, a phrase that stands nowhere is told', async () => {
  await search('nina simone');
  await expect(hits()).toContainText('tag · artist');
  await search('“lava flows”');
  await expect(hits()).toContainText('lecture.mp4');
  await search('“flows lava”');
  await expect(page.getByTestId('search-notice').first()).toContainText('word for word');
  await expect(hits()).toHaveCount(0);
});
