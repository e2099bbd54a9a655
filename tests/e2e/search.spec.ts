/** What a person types into the search field, and what the window says and opens. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { playhead, type RunningPlayhead, startPlayhead } from '../../tools/lib/builtPlayhead.ts';
import { ffmpeg } from '../support/media.ts';
import { expect, expectMoment, openLibrary, test } from './support/window.ts';

let running: RunningPlayhead;
let folder: string;

test.beforeAll(async () => {
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
});
test.afterAll(async () => {
  await running.close();
  await rm(folder, { recursive: true, force: true });
});

async function search(page: Page, words: string): Promise<void> {
  await page.getByTestId('search-box').fill(words);
}

const hits = (page: Page) => page.getByTestId('search-hit');

test('a word that is said opens the file where it is said, and the hit says so in words', async ({ page }) => {
  await openLibrary(page, running);
  await search(page, 'lava downhill');
  await expect(hits(page)).toHaveCount(1);
  await expect(hits(page)).toContainText('lecture.mp4');
  await expect(hits(page)).toContainText('said at 0:04 · lecture.srt');
  await hits(page).click();
  await expect(page.getByTestId('media-title')).toContainText('lecture');
  await expectMoment(page, 4.5, 0.2);
});

test('where nothing has all of the words, the window says what it shows instead; half of them is nothing', async ({
  page,
}) => {
  await openLibrary(page, running);
  await search(page, 'red pepper');
  await expect(hits(page)).toHaveCount(1);
  await expect(hits(page)).toContainText('peppers.mp4');
  await expect(page.getByTestId('search-notice').first()).toContainText('Nothing has all of these words');
  await search(page, 'hot peppers guitar');
  await expect(page.getByTestId('no-moments')).toBeVisible();
});

test('an artist and a phrase in quotes are found, a phrase that stands nowhere is told', async ({ page }) => {
  await openLibrary(page, running);
  await search(page, 'nina simone');
  await expect(hits(page)).toContainText('tag · artist');
  await search(page, '“lava flows”');
  await expect(hits(page)).toContainText('lecture.mp4');
  await search(page, '“flows lava”');
  await expect(page.getByTestId('search-notice').first()).toContainText('word for word');
  await expect(hits(page)).toHaveCount(0);
});

test('a search for words that stand nowhere finds nothing, and says so', async ({ page }) => {
  await openLibrary(page, running);
  await search(page, 'xylophonist');
  await expect(page.getByTestId('no-moments')).toBeVisible();
  await expect(hits(page)).toHaveCount(0);
});

test('a hit opens the player at its moment', async ({ page, samples }) => {
  await openLibrary(page, samples);
  // In this clip the black triangle comes in the last scenes; its caption says so.
  await search(page, 'black triangle');
  const hit = hits(page).filter({ hasText: 'eight-directions' }).first();
  await expect(hit).toBeVisible();
  const startSec = Number(await hit.getAttribute('data-start'));
  expect(startSec).toBeGreaterThan(1);
  await hit.click();
  await expect(page.getByTestId('media-title')).toContainText('eight-directions');
  await expectMoment(page, startSec);
  await expect(page.getByTestId('segment')).not.toHaveCount(0);
  await expect(page.getByTestId('player').locator('video')).toHaveJSProperty('readyState', 4);
});
