/** The catalogue, this machine and the connections, in the window. */
import { type RunningPlayhead, startPlayhead } from '../../tools/lib/builtPlayhead.ts';
import { expectNoViolation } from './support/axe.ts';
import { expect, openLibrary, test } from './support/window.ts';

let running: RunningPlayhead;
test.beforeAll(async () => {
  running = await startPlayhead();
});
test.afterAll(() => running.close());

test('no connection was made, and the offline switch is kept', async ({ page }) => {
  await openLibrary(page, running);
  await page.getByTestId('status-button').click();
  await page.getByTestId('connections-button').click();
  const dialog = page.getByTestId('connections-dialog');
  await expect(dialog.getByTestId('no-connections')).toBeVisible();
  await dialog.getByTestId('offline-switch').check();
  await expectNoViolation(page, 'connections');
  await page.reload();
  await page.getByTestId('status-button').click();
  await page.getByTestId('connections-button').click();
  await expect(page.getByTestId('offline-switch')).toBeChecked();
  await page.getByTestId('offline-switch').uncheck();
  await expect(page.getByTestId('offline-switch')).not.toBeChecked();
});

test('this machine is looked at, line by line, each warning with what to do', async ({ page }) => {
  await openLibrary(page, running);
  await page.getByTestId('status-button').click();
  await page.getByTestId('doctor-button').click();
  const dialog = page.getByTestId('doctor-dialog');
  await expect(dialog.getByTestId('doctor-ffmpeg')).toContainText(/OK|Warning/);
  await expect(dialog.getByTestId('doctor-model')).toContainText('Get a full model');
  await expectNoViolation(page, 'this machine');
});

for (const width of [1280, 390])
  test(`the catalogue shows the terms before anything is fetched, ${width} pixels wide`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    await openLibrary(page, running);
    await page.keyboard.press('Control+i');
    await page.getByTestId('models-button').click();
    const catalogue = page.getByTestId('model-catalogue');
    await catalogue.getByText('All models of the catalogue').click();
    const offer = catalogue.locator('[data-model="videollama2-72b"]');
    await offer.getByText('Terms, files and memory').click();
    await expect(offer.getByTestId('offer-terms')).toContainText('non-commercial');
    await expect(offer).toContainText('fixed at the first listing');
    await expect(offer.getByTestId('offer-reason')).toContainText('Needs about');
    await expectNoViolation(page, 'catalogue');
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  });
