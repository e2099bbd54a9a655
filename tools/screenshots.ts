/**
 * After a build: `node tools/screenshots.ts` takes the pictures of the README, `node tools/screenshots.ts <folder>`
 * every important screen in both themes and at 390 px, in Chromium, from the real program on its sample clips, so that
 * they show what is.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import config from '../playwright.config.ts';
import { type RunningPlayhead, startPlayhead } from './lib/builtPlayhead.ts';

const [wanted] = process.argv.slice(2);
const folder = wanted ?? join(import.meta.dirname, '..', 'docs', 'img');
await mkdir(folder, { recursive: true });

const wide = { width: 1360, height: 860 };
const phone = { width: 390, height: 844 };

/** Takes one picture, under its name with the theme (and "phone-" before it). */
type Take = (name: string) => Promise<void>;

const playhead = await startPlayhead();
const browser = await chromium.launch(config.use?.launchOptions);
try {
  if (wanted) await takeEverything(browser, playhead);
  else await takeReadme(browser, playhead);
} finally {
  await browser.close();
  await playhead.close();
}

async function takeReadme(browser: Browser, playhead: RunningPlayhead): Promise<void> {
  const page = await browser.newPage({ viewport: wide });
  await openLibrary(page, playhead);
  const take = (name: string) => picture(page, name);
  await take('library');
  await search(page);
  await take('search');
  await talk(page);
  await take('player');
  await openDevice(page);
  await take('device');
  await page.keyboard.press('Escape');
  await page.getByTestId('theme-toggle').click();
  await take('player-dark');
  await openDevice(page);
  await take('device-dark');
}

async function openDevice(page: Page): Promise<void> {
  if (!(await page.getByTestId('status-button').isVisible())) await page.getByTestId('more-button').click();
  await page.getByTestId('status-button').click();
  await page.getByTestId('device-button').click();
  await page.getByTestId('device-memory').waitFor();
}

async function takeEverything(browser: Browser, playhead: RunningPlayhead): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const [prefix, viewport] of Object.entries({ '': wide, 'phone-': phone })) {
      const page = await browser.newPage({ viewport, colorScheme, hasTouch: prefix !== '' });
      await takeScreens(page, playhead, (name) => picture(page, `${prefix}${name}-${colorScheme}`));
      await page.close();
    }
  }
}

async function takeScreens(page: Page, playhead: RunningPlayhead, take: Take): Promise<void> {
  await openLibrary(page, playhead);
  await take('first-run');
  await page.getByTestId('jobs-button').click();
  await take('jobs');
  await page.keyboard.press('Escape');
  for (const [button, dialog] of [
    ['status-button', 'status'],
    ['shortcuts-button', 'shortcuts'],
    ['add-button', 'add'],
  ] as const) {
    if (!(await page.getByTestId(button).isVisible())) await page.getByTestId('more-button').click();
    await page.getByTestId(button).click();
    await take(dialog);
    if (dialog === 'status') {
      await page.getByTestId('models-button').click();
      await take('models');
      await page.keyboard.press('Escape');
      await openDevice(page);
      await take('device');
    }
    await page.keyboard.press('Escape');
  }
  await search(page);
  await take('search');
  await talk(page);
  await take('player');
  await goNear(page);
  await take('timeline');
}

/** An address opens one window: each page asks for the newest. */
async function openLibrary(page: Page, playhead: RunningPlayhead): Promise<void> {
  await page.goto(playhead.address);
  await page.getByTestId('first-search').waitFor();
}

async function search(page: Page): Promise<void> {
  await page.getByTestId('search-box').fill('red circle');
  await page.getByTestId('search-hit').first().waitFor();
}

/** Opens the first hit and asks two questions about the whole file. */
async function talk(page: Page): Promise<void> {
  await page.getByTestId('search-hit').first().click();
  const sheet = page.getByTestId('sheet-open');
  await page.getByTestId('segment').first().waitFor({ state: 'attached' });
  if (await sheet.isVisible()) await sheet.click();
  for (const question of ['What happens in this clip?', 'What do you hear?']) await ask(page, question);
}

/** The timeline from near, with a marker. */
async function goNear(page: Page): Promise<void> {
  const sheet = page.getByTestId('sheet-close');
  if (await sheet.isVisible()) await sheet.click();
  for (let i = 0; i < 3; i++) await page.getByTestId('zoom-in').click();
  await page.getByTestId('add-marker').click();
  await page.getByTestId('marker-name').press('Enter');
  await page.getByTestId('timeline').scrollIntoViewIfNeeded();
  await page.waitForTimeout(2000); // stills and peaks come one after the other
}

async function ask(page: Page, question: string): Promise<void> {
  const answers = page.getByTestId('message-assistant');
  const before = await answers.count();
  await page.getByTestId('chat-input').fill(question);
  await page.getByTestId('chat-send').click();
  await answers.nth(before).and(page.locator('[data-state=done]')).waitFor({ timeout: 120_000 });
}

/** After the pictures of the page have come, with nothing half faded. */
async function picture(page: Page, name: string): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.locator('[aria-busy=true]').waitFor({ state: 'detached' });
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
}
