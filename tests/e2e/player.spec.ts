/** In the player, of files that were sound when they were indexed: renamed, taken away, cut off, spoilt. */
import { copyFile, mkdir, mkdtemp, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { playhead, type RunningPlayhead, startPlayhead } from '../../tools/lib/builtPlayhead.ts';
import { ffmpeg } from '../support/media.ts';
import { expect, openFile, openLibrary, test } from './support/window.ts';

let running: RunningPlayhead;
let folder: string;
const names = ['to rename', 'to take away', 'to cut off', 'to spoil'];
const at = (name: string) => join(folder, 'films', `${name}.mp4`);

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playhead-player-'));
  await mkdir(join(folder, 'films'));
  for (const [i, name] of names.entries()) await makeFilm(at(name), i);
  // The files one by one: in a folder that is kept, a renamed file is followed at once.
  const indexed = playhead('index', ...names.map(at), '--library', join(folder, 'library'));
  expect(indexed.exitCode, indexed.stderr).toBe(0);
  running = await startPlayhead(join(folder, 'library'));
});
test.afterAll(async () => {
  await running.close();
  await rm(folder, { recursive: true, force: true });
});

/** Four seconds that no other film has; its index stands in front, as in a film from the web. */
function makeFilm(file: string, seed: number): Promise<void> {
  const picture = ['-f', 'lavfi', '-i', `life=size=160x120:rate=10:seed=${seed + 1}`, '-t', '4'];
  return ffmpeg(...picture, '-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-movflags', '+faststart', file);
}

/** Shortens the file where it stands, as a copy that was broken off leaves it. */
async function keepShare(file: string, share: number): Promise<void> {
  await truncate(file, Math.floor((await stat(file)).size * share));
}

async function open(page: Page, name: string): Promise<void> {
  await openLibrary(page, running);
  await openFile(page, name);
}

const trouble = (page: Page) => page.getByTestId('player-trouble');

test('a file that was renamed says so, and is taken up again where it is now', async ({ page }) => {
  await rename(at('to rename'), at('renamed'));
  await open(page, 'to rename');
  await expect(trouble(page)).toContainText('not in its place');
  await expect(trouble(page)).not.toContainText('h264');
  await expect(trouble(page)).toContainText('renamed.mp4');
  await expect(page.getByTestId('play-pause')).toBeDisabled();
  await page.getByTestId('take-candidate').click();
  await expect(page.getByTestId('media-title')).toContainText('renamed.mp4', { timeout: 60_000 });
  await expect(trouble(page)).toHaveCount(0);
});

test('a file that was taken away says so and what to do; put back, it plays again', async ({ page }) => {
  await rename(at('to take away'), join(folder, 'elsewhere.mp4'));
  await open(page, 'to take away');
  await expect(trouble(page)).toContainText('not in its place any more: it was moved, renamed or deleted');
  await expect(trouble(page)).toContainText('add the folder where the file is now');
  await expect(trouble(page)).toContainText('can still be read and searched');
  await expect(trouble(page)).not.toContainText('h264');
  await expect(page.getByTestId('take-candidate')).toHaveCount(0);
  await expect(page.getByTestId('play-pause')).toBeDisabled();
  await rename(join(folder, 'elsewhere.mp4'), at('to take away'));
  await page.getByTestId('try-again').click();
  await expect(trouble(page)).toHaveCount(0);
  await expect(page.getByTestId('player').locator('video')).toHaveJSProperty('readyState', 4);
  await expect(page.getByTestId('play-pause')).toBeEnabled();
});

test('a file that was cut off plays as far as it goes, and then says that it is cut off', async ({ page }) => {
  await copyFile(at('to cut off'), join(folder, 'whole.mp4'));
  await keepShare(at('to cut off'), 0.5);
  await open(page, 'to cut off');
  await page.getByTestId('play-pause').click();
  await expect(trouble(page)).toContainText('The file is cut off');
  await expect(trouble(page)).toContainText('Copy it again for the rest');
  await expect(trouble(page)).not.toContainText('h264');
  await expect(page.getByTestId('play-pause')).toBeDisabled();
  await copyFile(join(folder, 'whole.mp4'), at('to cut off'));
  await page.getByTestId('try-again').click();
  await expect(trouble(page)).toHaveCount(0);
  await expect(page.getByTestId('player').locator('video')).toHaveJSProperty('readyState', 4);
});

test('a file of which nothing can be read says what is wrong with it, and not that the window cannot play it', async ({
  page,
}) => {
  await keepShare(at('to spoil'), 0.005);
  await open(page, 'to spoil');
  await expect(trouble(page)).toContainText('The file is cut off');
  await expect(trouble(page)).toContainText('Copy or download it again');
  await expect(page.getByTestId('try-again')).toBeVisible();
  await expect(page.getByTestId('play-pause')).toBeDisabled();
  await writeFile(at('to spoil'), '');
  await page.getByTestId('try-again').click();
  await expect(trouble(page)).toContainText('The file is empty');
});
