/** Every screen, menu and dialog passes axe (A and AA) in both themes. Small windows are in narrow.spec.ts. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningPlayhead, startPlayhead } from '../../tools/lib/builtPlayhead.ts';
import { expectNoViolation } from './support/axe.ts';
import { addPath, expect, openLibrary, test } from './support/window.ts';

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

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme });

    test('the screens pass axe', async ({ page }) => {
      await openLibrary(page, running);
      await expect(page.getByTestId('first-search')).toBeVisible();
      await expectNoViolation(page, 'library');
      await page.getByTestId('search-box').fill('red circle');
      await expect(page.getByTestId('search-hit').first()).toBeVisible();
      await expectNoViolation(page, 'search');
      await page.getByTestId('search-hit').first().click();
      await expect(page.getByTestId('segment-details')).toBeVisible();
      await expectNoViolation(page, 'player');
    });

    test('the dialogs pass axe', async ({ page }) => {
      await openLibrary(page, running);
      await page.getByTestId('shortcuts-button').click();
      await expectNoViolation(page, 'shortcuts');
      await page.keyboard.press('Escape');
      await page.getByTestId('status-button').click();
      await expectNoViolation(page, 'status');
      await page.getByTestId('log-button').click();
      await expect(page.getByTestId('log-dialog')).toContainText('no question and no answer');
      await expectNoViolation(page, 'log');
      await page.keyboard.press('Escape');
      await page.getByTestId('status-button').click();
      await page.getByTestId('models-button').click();
      await expectNoViolation(page, 'models');
      await page.keyboard.press('Escape');
      await page.getByTestId('status-button').click();
      await page.getByTestId('device-button').click();
      await expect(page.getByTestId('device-memory')).toContainText('memory');
      await expectNoViolation(page, 'device');
      await page.keyboard.press('Escape');
      await page.getByTestId('add-button').click();
      await page.getByTestId('add-path').fill(join(folder, 'nothing here'));
      await page.getByTestId('add-confirm').click();
      await expect(page.getByTestId('bad-paths')).toContainText('nothing here');
      await expectNoViolation(page, 'add');
    });

    test('the menus and the tray pass axe, with a problem in it', async ({ page }) => {
      await openLibrary(page, running);
      await page.getByTestId('card-menu-button').first().click();
      await expectNoViolation(page, 'menu of a card');
      await page.keyboard.press('Escape');
      await addPath(page, join(folder, 'a letter.mp4'));
      await page.getByTestId('jobs-button').click();
      await expect(page.getByTestId('jobs-tray').getByTestId('problem-dismiss').first()).toBeVisible({
        timeout: 60_000,
      });
      await expectNoViolation(page, 'jobs tray');
    });
  });
}
