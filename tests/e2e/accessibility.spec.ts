/** Every screen, menu and dialog passes axe (A and AA) in both themes, and can be used at 390 px. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { type RunningPlayhead, startPlayhead } from './support/playhead.ts';

let running: RunningPlayhead;
let folder: string;

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playhead-axe-'));
  await writeFile(join(folder, 'a letter.mp4'), 'Dear reader, this is not a video.\n'.repeat(50));
  running = await startPlayhead();
});
test.afterAll(async () => {
  await running.close();
  await rm(folder, { recursive: true, force: true });
});

async function expectNoViolation(page: Page, what: string): Promise<void> {
  // What fades in is judged when it is there.
  await page.waitForTimeout(350);
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
    .analyze();
  const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
  expect(told, what).toEqual([]);
}

async function openLibrary(page: Page): Promise<void> {
  await page.goto(running.address);
  await expect(page.getByTestId('media-card').first()).toBeVisible();
  await expect(page.getByTestId('first-search')).toBeVisible();
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme });

    test('the screens pass axe', async ({ page }) => {
      await openLibrary(page);
      await expectNoViolation(page, 'library');
      await page.getByTestId('search-box').fill('red circle');
      await expect(page.getByTestId('search-hit').first()).toBeVisible();
      await expectNoViolation(page, 'search');
      await page.getByTestId('search-hit').first().click();
      await expect(page.getByTestId('segment-details')).toBeVisible();
      await expectNoViolation(page, 'player');
    });

    test('the dialogs pass axe', async ({ page }) => {
      await openLibrary(page);
      await page.getByTestId('shortcuts-button').click();
      await expectNoViolation(page, 'shortcuts');
      await page.keyboard.press('Escape');
      await page.getByTestId('status-button').click();
      await expectNoViolation(page, 'status');
      await page.getByTestId('models-button').click();
      await expectNoViolation(page, 'models');
      await page.keyboard.press('Escape');
      await page.getByTestId('add-button').click();
      await page.getByTestId('add-path').fill(join(folder, 'nothing here'));
      await page.getByTestId('add-confirm').click();
      await expect(page.getByTestId('bad-paths')).toContainText('nothing here');
      await expectNoViolation(page, 'add');
    });

    test('the menus and the tray pass axe, with a problem in it', async ({ page }) => {
      await openLibrary(page);
      await page.getByTestId('card-menu-button').first().click();
      await expectNoViolation(page, 'menu of a card');
      await page.keyboard.press('Escape');
      await page.getByTestId('add-button').click();
      await page.getByTestId('add-path').fill(join(folder, 'a letter.mp4'));
      await page.getByTestId('add-confirm').click();
      await page.getByTestId('jobs-button').click();
      await expect(page.getByTestId('jobs-tray').getByTestId('problem-dismiss').first()).toBeVisible({
        timeout: 60_000,
      });
      await expectNoViolation(page, 'jobs tray');
    });
  });
}

test.describe('at 390 px', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('the library, its menus and the player can be used, and nothing runs out at the side', async ({ page }) => {
    await openLibrary(page);
    const isWithin = () => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
    expect((await page.getByTestId('search-box').boundingBox())?.width).toBeGreaterThan(180);
    await expect(page.getByTestId('card-menu-button').first()).toHaveCSS('opacity', '1');
    expect(await isWithin()).toBe(true);
    await expectNoViolation(page, 'library');
    await page.getByTestId('more-button').click();
    await expectNoViolation(page, 'more');
    await page.getByTestId('shortcuts-button').click();
    expect(await isWithin()).toBe(true);
    await page.keyboard.press('Escape');
    await page.getByTestId('search-box').fill('red circle');
    await page.getByTestId('search-hit').first().click();
    await page.getByTestId('sheet-open').click();
    await expect(page.getByTestId('chat-input')).toBeVisible();
    const picture = await page.getByTestId('player').boundingBox();
    const sheet = await page.getByTestId('chat-sheet').boundingBox();
    expect((picture?.y ?? 0) + (picture?.height ?? 0)).toBeLessThanOrEqual(sheet?.y ?? 0);
    expect(await isWithin()).toBe(true);
    await expectNoViolation(page, 'player with the conversation');
    await page.getByTestId('sheet-close').click();
    await expect(page.getByTestId('chat-input')).toHaveCount(0);
  });
});

test('Ctrl+O opens the dialog from within a field', async ({ page }) => {
  await openLibrary(page);
  await page.getByTestId('search-box').focus();
  await page.keyboard.press('Control+o');
  await expect(page.getByTestId('add-dialog')).toBeVisible();
});
