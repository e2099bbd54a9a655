/**
 * node scripts/screenshots.ts, after a build: the pictures of the README, taken in Chromium from the real program on
 * its sample clips, so that they show what is.
 */
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import config from '../playwright.config.ts';
import { startPlayhead } from '../tests/e2e/support/playhead.ts';

const folder = join(import.meta.dirname, '..', 'docs', 'img');
/** Time for all sample clips to be indexed, on a slow machine. */
const PATIENCE_MS = 600_000;

const playhead = await startPlayhead();
const browser = await chromium.launch(config.use?.launchOptions);
try {
  const page = await browser.newPage({ viewport: { width: 1360, height: 860 } });
  await page.goto(playhead.address);
  await untilIndexed(page);
  await take(page, 'library');
  await page.getByTestId('search-box').fill('red circle');
  await page.getByTestId('search-hit').first().waitFor();
  await take(page, 'search');
  await page.getByTestId('search-hit').first().click();
  for (const question of ['What happens in this video?', 'What do you hear?']) await ask(page, question);
  await take(page, 'player');
  await page.getByTestId('theme-toggle').click();
  await take(page, 'player-dark');
} finally {
  await browser.close();
  await playhead.close();
}

async function untilIndexed(page: Page): Promise<void> {
  await page.getByTestId('media-card').first().waitFor();
  await page.waitForFunction(
    () => document.querySelectorAll('[data-testid=media-card]:not([data-state=ready])').length === 0,
    undefined,
    { timeout: PATIENCE_MS },
  );
}

async function ask(page: Page, question: string): Promise<void> {
  const answers = page.getByTestId('message-assistant');
  const before = await answers.count();
  await page.getByTestId('chat-input').fill(question);
  await page.getByTestId('chat-send').click();
  await answers.nth(before).and(page.locator('[data-state=done]')).waitFor();
}

/** After the pictures of the page have come, with nothing half faded. */
async function take(page: Page, name: string): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.locator('[aria-busy=true]').waitFor({ state: 'detached' });
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
}
