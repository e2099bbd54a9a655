/** What the window tells of work that went wrong and of work that is over. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { type RunningPlayhead, startPlayhead } from '../../tools/lib/builtPlayhead.ts';
import { addPath, expect, openLibrary, test } from './support/window.ts';

let running: RunningPlayhead;
let folder: string;

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playhead-jobs-'));
  running = await startPlayhead();
});
test.afterAll(async () => {
  await running.close();
  await rm(folder, { recursive: true, force: true });
});

/** A letter that calls itself a film: its job fails at once. */
async function addLetter(page: Page, name: string): Promise<void> {
  await writeFile(join(folder, name), `Dear reader, ${name} is not a video.\n`.repeat(50));
  await openLibrary(page, running);
  await addPath(page, join(folder, name));
  await page.getByTestId('jobs-button').click();
  const failed = page.locator('[data-testid="job"][data-state="failed"]').filter({ hasText: name });
  await expect(failed).toBeVisible({ timeout: 60_000 });
  await page.keyboard.press('Escape');
}

test('a problem is told on the library’s page; dismissed, it stays dismissed over a reload', async ({ page }) => {
  await addLetter(page, 'a letter.mp4');
  await expect(page.getByTestId('problem-note')).toContainText('problem');
  await page.getByTestId('problems-dismiss').click();
  await expect(page.getByTestId('problem-note')).toHaveCount(0);
  await page.reload();
  await page.getByTestId('jobs-button').click();
  await expect(page.getByTestId('job').first()).toBeVisible();
  await expect(page.getByTestId('problem-dismiss')).toHaveCount(0);
});

test('the log tells how a job ended, and of one that failed which file and why', async ({ page }) => {
  await addLetter(page, 'another letter.mp4');
  await page.getByTestId('status-button').click();
  await page.getByTestId('log-button').click();
  const lines = page.getByTestId('log-lines');
  await expect(lines).toHaveValue(/info .*a job is done \(kind: scan, .*seconds: /);
  await expect(lines).toHaveValue(/warn .*a job failed \(kind: index, .*another letter\.mp4/);
  await page.getByTestId('log-level').selectOption('warn');
  await expect(lines).not.toHaveValue(/a job is done/);
});
