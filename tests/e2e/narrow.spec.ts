/** Small windows: a phone's width, and a browser at 200 %, in which half as many CSS pixels are left. */
import type { Page } from '@playwright/test';
import { expectNoViolation } from './support/axe.ts';
import { expectApart, expectReachedByTab } from './support/layout.ts';
import { sampleClips } from './support/truth.ts';
import { expect, openFile, openLibrary, test } from './support/window.ts';

const windows = {
  '1360 × 880 at 200 %': { viewport: { width: 680, height: 440 }, deviceScaleFactor: 2 },
  '1920 × 1080 at 200 %': { viewport: { width: 960, height: 540 }, deviceScaleFactor: 2 },
  '390 × 844 with touch': { viewport: { width: 390, height: 844 }, hasTouch: true },
};

/** The parts of the player's page that share the window. */
const parts = (page: Page) => ({
  bar: page.getByRole('banner'),
  player: page.getByRole('region', { name: 'Player' }),
  conversation: page.getByTestId('chat-sheet').or(page.getByRole('complementary')).first(),
});

async function expectNothingAtTheSide(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
}

/** What the bar has no room for is in a menu. */
async function openFromBar(page: Page, testId: string): Promise<void> {
  const more = page.getByTestId('more-button');
  if (await more.isVisible()) await more.click();
  await page.getByTestId(testId).click();
}

/** Everything in the dialog that is open. */
async function expectUsableDialog(page: Page, what: string): Promise<void> {
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectNothingAtTheSide(page);
  await expectReachedByTab(page, what, '[role="dialog"]');
  await expectNoViolation(page, what);
}

for (const [name, use] of Object.entries(windows)) {
  test.describe(`in a window of ${name}`, () => {
    test.use(use);

    test('the library, its menus and the search can be used, by keys too, and pass axe', async ({ page, samples }) => {
      await openLibrary(page, samples);
      // Until all are there, the first card may still be another one.
      await expect(page.getByRole('heading', { level: 1 })).toContainText(`${sampleClips.length} files`);
      expect((await page.getByTestId('search-box').boundingBox())?.width).toBeGreaterThan(180);
      await expectNothingAtTheSide(page);
      await expectReachedByTab(page, 'library');
      await expectNoViolation(page, 'library');
      await page.getByTestId('search-box').fill('red circle');
      await expect(page.getByTestId('search-hit').first()).toBeVisible();
      await expectNothingAtTheSide(page);
      await expectReachedByTab(page, 'search');
      await expectNoViolation(page, 'search');
    });

    test('the dialogs can be used, by keys too, and pass axe', async ({ page, samples }) => {
      await openLibrary(page, samples);
      await page.getByTestId('add-button').click();
      await expectUsableDialog(page, 'add');
      await page.keyboard.press('Escape');
      await openFromBar(page, 'shortcuts-button');
      await expectUsableDialog(page, 'shortcuts');
      await page.keyboard.press('Escape');
      await openFromBar(page, 'status-button');
      await expectUsableDialog(page, 'status');
      await page.getByTestId('log-button').click();
      await expectUsableDialog(page, 'log');
      await page.keyboard.press('Escape');
      await openFromBar(page, 'status-button');
      await page.getByTestId('models-button').click();
      await expectUsableDialog(page, 'models');
      await page.keyboard.press('Escape');
      await openFromBar(page, 'status-button');
      await page.getByTestId('device-button').click();
      await expect(page.getByTestId('device-memory')).toBeVisible();
      await expectUsableDialog(page, 'device');
    });

    test('bar, player and conversation do not cover each other, can be used by keys, and pass axe', async ({
      page,
      samples,
    }) => {
      await openLibrary(page, samples);
      await openFile(page, 'red-circle-and-bell');
      await expect(page.getByTestId('play-pause')).toBeVisible();
      await expectApart(page, parts(page));
      await expectReachedByTab(page, 'player');
      await expectNoViolation(page, 'player');
      for (const step of ['sheet-open', 'sheet-larger']) {
        const button = page.getByTestId(step);
        if (!(await button.isVisible())) continue;
        await button.click();
        await expect(page.getByTestId('chat-input')).toBeVisible();
        await expectNothingAtTheSide(page);
        await expectApart(page, parts(page));
        await expectReachedByTab(page, step);
        await expectNoViolation(page, step);
      }
    });
  });
}

test.describe('with a finger at 390 px', () => {
  test.use(windows['390 × 844 with touch']);

  test('what elsewhere only hover shows is there, and the conversation leaves the picture in view', async ({
    page,
    samples,
  }) => {
    await openLibrary(page, samples);
    await expect(page.getByTestId('card-menu-button').first()).toHaveCSS('opacity', '1');
    await page.getByTestId('more-button').click();
    await expectNoViolation(page, 'more');
    await page.keyboard.press('Escape');
    await openFile(page, 'red-circle-and-bell');
    await page.getByTestId('sheet-open').click();
    await expect(page.getByTestId('chat-input')).toBeVisible();
    await expectApart(page, { picture: page.getByTestId('player'), sheet: page.getByTestId('chat-sheet') });
    await page.getByTestId('sheet-close').click();
    await expect(page.getByTestId('chat-input')).toHaveCount(0);
  });
});
