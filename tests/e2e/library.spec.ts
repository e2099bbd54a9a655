/** Files come into the library: what is taken, what is refused, and what the window says of each. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningPlayhead, startPlayhead } from '../../tools/lib/builtPlayhead.ts';
import { makeEverySort } from '../support/media.ts';
import { addPath, card, expect, openLibrary, showOnly, test, untilReady } from './support/window.ts';

let running: RunningPlayhead;
let folder: string;

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playhead-window-'));
  running = await startPlayhead();
});
test.afterAll(async () => {
  await running.close();
  await rm(folder, { recursive: true, force: true });
});

test('the sample clips are there from the start, with pictures, and the address bar keeps no secret', async ({
  page,
}) => {
  await openLibrary(page, running);
  expect(page.url()).not.toMatch(/token|code/);
  await showOnly(page, 'red-circle-and-bell');
  await expect(card(page, 'red-circle-and-bell').locator('img')).toBeVisible();
  await untilReady(page, 'red-circle-and-bell');
});

test('a folder is added; bad files are reported by name with a reason, what is passed over is told, and the others are indexed', async ({
  page,
}) => {
  const own = join(folder, 'my files 🎞️');
  const files = await makeEverySort(own);
  await writeFile(join(own, 'notes.txt'), 'no media');
  await openLibrary(page, running);
  await addPath(page, own);
  for (const name of files.good) await untilReady(page, name);
  await page.getByTestId('library-filter').fill('');
  await page.getByTestId('jobs-button').click();
  for (const name of files.bad) {
    const job = page.getByTestId('job').filter({ hasText: name });
    await expect(job).toHaveAttribute('data-state', 'failed');
    await expect(job.getByTestId('error-note')).toBeVisible();
  }
  const half = page.getByTestId('job').filter({ hasText: 'half a film.mp4' });
  await expect(half.getByTestId('job-notice').first()).toContainText('cut off');
  const scan = page.locator('[data-testid="job"][data-kind="scan"]').filter({ hasText: 'my files' });
  await expect(scan.getByTestId('job-notice')).toContainText('by their ending (1: notes.txt)');
});

test('everything is reached by keys, and the theme can be changed', async ({ page }) => {
  await openLibrary(page, running);
  await page.locator('body').press('/');
  await expect(page.getByTestId('search-box')).toBeFocused();
  const colours = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const before = await colours();
  await page.getByTestId('theme-toggle').click();
  await expect.poll(colours).not.toBe(before);
});

test('Ctrl+O opens the dialog from within a field', async ({ page }) => {
  await openLibrary(page, running);
  await page.getByTestId('search-box').focus();
  await page.keyboard.press('Control+o');
  await expect(page.getByTestId('add-dialog')).toBeVisible();
});
