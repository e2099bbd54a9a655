/**
 * After a build, `node tests/e2e/support/modelScreens.ts [folder]`: the pictures of docs/models.md and docs/privacy.md, in
 * both themes, from the real window. What is fetched comes from a local Hub with a small checkpoint under a published
 * name; the connections are tries at a mirror that does not exist.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, type Page } from '@playwright/test';
import config from '../../../playwright.config.ts';
import { startPlayhead } from '../../../tools/lib/builtPlayhead.ts';
import { startLocalHub } from '../../support/hub/localHub.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const into = process.argv[2] ?? join(root, 'docs', 'img');
const checkpoint = join(root, 'tests', 'fixtures', 'parity', 'qwen2-siglip-stc35-beats');
const hub = await startLocalHub({ 'DAMO-NLP-SG/VideoLLaMA2.1-7B-AV': checkpoint });
const browser = await chromium.launch(config.use?.launchOptions);
try {
  for (const colorScheme of ['light', 'dark'] as const) {
    const library = await mkdtemp(join(tmpdir(), 'playhead-screens-'));
    const running = await startPlayhead(library, { HF_ENDPOINT: hub.endpoint });
    const page = await browser.newPage({ viewport: { width: 1100, height: 860 }, colorScheme });
    await page.goto(running.address);
    await page.getByTestId('media-card').first().waitFor();
    const take = async (name: string) => {
      await expect(page.getByTestId('toast')).toHaveCount(0);
      await page.screenshot({ path: join(into, `${name}-${colorScheme}.png`), animations: 'disabled' });
    };
    await takeModels(page, take);
    await takeConnections(page, take);
    await openDialog(page, 'doctor-button');
    await page.getByTestId('doctor-disk').waitFor();
    await take('this-machine');
    await page.close();
    await running.close();
    await rm(library, { recursive: true, force: true });
  }
} finally {
  await browser.close();
  await hub.close();
}

async function openDialog(page: Page, button: string): Promise<void> {
  await page.getByTestId('status-button').click();
  await page.getByTestId(button).click();
}

async function takeModels(page: Page, take: (name: string) => Promise<unknown>): Promise<void> {
  await openDialog(page, 'models-button');
  const dialog = page.getByTestId('models-dialog');
  const settings = dialog.getByText('Settings of answers and of downloads');
  await settings.click();
  await dialog.getByTestId('hub-pace').fill('0.07');
  await dialog.getByTestId('hub-pace').blur();
  await settings.click();
  const offer = dialog.locator('[data-model="videollama2.1-7b-av"]');
  await offer.getByText('Terms, files and memory').click();
  await offer.scrollIntoViewIfNeeded();
  await take('models-catalogue');
  await offer.getByTestId('get-model').click();
  const job = dialog.getByText(/fetching .* of /).first();
  await job.waitFor();
  await job.scrollIntoViewIfNeeded();
  await take('models-download');
  await dialog
    .getByRole('button', { name: /Cancel/ })
    .first()
    .click();
  await page.keyboard.press('Escape');
}

/** A mirror that is not there: every try is told. */
async function takeConnections(page: Page, take: (name: string) => Promise<unknown>): Promise<void> {
  await openDialog(page, 'models-button');
  const dialog = page.getByTestId('models-dialog');
  await dialog.getByText('Settings of answers and of downloads').click();
  await dialog.getByTestId('hub-endpoint').fill('http://mirror.invalid');
  await dialog.getByTestId('hub-endpoint').blur();
  const offer = dialog.locator('[data-model="siglip-base-224"]');
  await offer.getByText('Terms, files and memory').click();
  await offer.getByTestId('get-model').click();
  await page.keyboard.press('Escape');
  await openDialog(page, 'connections-button');
  await page
    .getByTestId('connection')
    .filter({ hasText: /Not reached: \d tries/ })
    .waitFor({ timeout: 60_000 });
  await take('connections');
  await page.keyboard.press('Escape');
  await openDialog(page, 'models-button');
  await dialog.getByText('Settings of answers and of downloads').click();
  await dialog.getByTestId('hub-endpoint').fill('');
  await dialog.getByTestId('hub-endpoint').blur();
  await dialog
    .getByRole('button', { name: /Cancel/ })
    .first()
    .click();
  await page.keyboard.press('Escape');
}
