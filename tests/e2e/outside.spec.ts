/** "Ask about this video" from outside the window: a terminal, a file manager, a link. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { playhead, type RunningPlayhead, startPlayhead } from '../../tools/lib/builtPlayhead.ts';
import { expectNoViolation } from './support/axe.ts';
import { ask, expect, openLibrary, test, untilAnswered } from './support/window.ts';

const sample = join(import.meta.dirname, '..', '..', 'resources', 'samples', 'red-circle-and-bell.mp4');
let folder: string;
let film: string;
let running: RunningPlayhead;

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playhead-outside-'));
  film = join(folder, 'a “film” 🏖️ & more.mp4');
  await copyFile(sample, film);
  running = await startPlayhead();
});
test.afterAll(async () => {
  await running.close();
  await rm(folder, { recursive: true, force: true });
});

const hand = (what: string) => playhead('--ask', what, '--library', running.library);

test('a file that a terminal asks about opens in the open window with the cursor in the question', async ({ page }) => {
  await openLibrary(page, running);
  const said = hand(film);
  expect(said.exitCode, said.stderr).toBe(0);
  expect(said.stderr).toContain('window that is open');
  await expect(page.getByTestId('media-title')).toHaveText('a “film” 🏖️ & more.mp4');
  await expect(page.getByTestId('chat-input')).toBeFocused();
  await expect(page.getByTestId('granted-badge')).toBeVisible();
  await expect
    .poll(() => page.locator('video').evaluate((video: HTMLVideoElement) => video.readyState))
    .toBeGreaterThan(1);

  // Loaded again, the window still has it.
  await page.reload();
  await expect(page.getByTestId('granted-badge')).toBeVisible();
  await untilAnswered(await ask(page, 'Which colour does the circle have?'));
  await expect(page.getByTestId('message-assistant').last()).toContainText(/red/i);
  await expect(page.getByTestId('granted-badge')).toHaveCount(0);
});

test('a link shows the path and opens nothing before the person agrees', async ({ page }) => {
  await openLibrary(page, running);
  const link = `playhead://ask?path=${encodeURIComponent(sample)}&start=1&end=3`;
  hand(link);
  const dialog = page.getByTestId('agree-dialog');
  await expect(dialog.getByTestId('agree-path')).toHaveText(sample);
  await expect(page.getByTestId('agree-no')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(page.getByTestId('media-title')).toHaveCount(0);

  hand(link);
  await page.getByTestId('agree-yes').click();
  await expect(page.getByTestId('media-title')).toContainText('red-circle-and-bell');
  await expect(page.getByTestId('chat-input')).toBeFocused();
  await expect(page.getByTestId('clip').first()).toContainText('0:01');
});

test('a link to another computer is refused', async ({ page }) => {
  await openLibrary(page, running);
  for (const path of ['//nas/film.mp4', '\\\\nas\\films\\a.mp4', 'smb://nas/a.mp4']) {
    const said = hand(`playhead://ask?path=${encodeURIComponent(path)}`);
    expect(said.exitCode).toBe(1);
    expect(said.stderr).toContain('another computer');
  }
  await expect(page.getByTestId('agree-dialog')).toHaveCount(0);
});

test('two files that are asked about at once before anything is open are both shown', async ({ page }) => {
  const library = join(folder, 'another library');
  const starts = [film, sample].map((file) => {
    const args = ['--json', '--library', library, `--ask=${file}`];
    return spawn(process.execPath, [join('out', 'main', 'server.js'), ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  });
  const said = starts.map((start) => once(start.stdout, 'data').then(([text]) => String(text)));
  const texts = await Promise.all(said);
  const address = texts.flatMap((text) => (text.startsWith('{') ? [JSON.parse(text).address as string] : []));
  expect(address).toHaveLength(1);
  expect(texts.join()).toContain('It is shown in the window that is open.');
  await page.goto(address[0] ?? '');
  await expect(page.getByTestId('chat-input')).toBeFocused();
  await page.goBack();
  await expect(page.getByTestId('chat-input')).toBeVisible();
  for (const start of starts) start.kill();
});

test('the desktop settings say in a browser what belongs to the desktop app; they and the dialog of a link are accessible', async ({
  page,
}) => {
  await openLibrary(page, running);
  await page.getByTestId('status-button').click();
  await page.getByTestId('desktop-button').click();
  await expect(page.getByTestId('desktop-absent')).toContainText('playhead integrate install');
  await expectNoViolation(page, 'the desktop settings');
  await page.keyboard.press('Escape');
  hand(`playhead://ask?path=${encodeURIComponent(film)}`);
  await expect(page.getByTestId('agree-dialog')).toBeVisible();
  await expectNoViolation(page, 'the dialog of a link');
  await page.getByTestId('agree-no').click();
});
