/** The player by its keys, and its timeline: what is drawn, zoomed, dragged, marked and kept. */
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, openFile, openLibrary, test } from './support/window.ts';

const timeline = (page: Page) => page.getByTestId('timeline');
const shownSec = async (page: Page) => {
  const [start, end] = await Promise.all(['start', 'end'].map((edge) => timeline(page).getAttribute(`data-${edge}`)));
  return Number(end) - Number(start);
};
const timeSec = (page: Page) =>
  page
    .getByTestId('player')
    .locator('video')
    .evaluate((video) => (video as HTMLVideoElement).currentTime);

/** How many pixels of a lane are drawn on. */
const drawn = (page: Page, lane: string) =>
  page.getByTestId(lane).evaluate((canvas) => {
    const { width, height } = canvas as HTMLCanvasElement;
    const pixels = (canvas as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
    return pixels.filter((value, i) => i % 4 === 3 && value > 0).length;
  });

test('the player is driven by its keys: frames, backwards, the edges of the clip, loop, sound, zoom', async ({
  page,
  samples,
}) => {
  await openLibrary(page, samples);
  await openFile(page, 'before-and-after');
  await expect(page.getByTestId('player').locator('video')).toHaveJSProperty('readyState', 4);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('.');
  const fps = 24;
  await expect.poll(() => timeSec(page).then((sec) => Math.floor(sec * fps))).toBe(5 * fps + 1);
  await page.keyboard.press(',');
  await expect.poll(() => timeSec(page).then((sec) => Math.floor(sec * fps))).toBe(5 * fps);
  // The clip: from here to five seconds on, and round again from its end.
  await page.keyboard.press('i');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('o');
  await expect(page.getByTestId('clip').first()).toContainText('0:05');
  await page.getByTestId('clip-endSec').focus();
  for (let i = 0; i < 4; i++) await page.keyboard.press('Shift+ArrowLeft');
  await page.getByTestId('loop').click();
  await expect(page.getByTestId('loop')).toHaveAttribute('aria-pressed', 'true');
  await page.waitForTimeout(1500); // longer than the clip
  expect(await timeSec(page)).toBeLessThan(6.5);
  await page.keyboard.press('k');
  await page.keyboard.press('j');
  await expect.poll(() => timeSec(page)).toBeLessThan(4.5);
  await page.keyboard.press('k');
  await page.keyboard.press('m');
  await expect(page.getByTestId('player').locator('video')).toHaveJSProperty('muted', true);
  await page.keyboard.press('m');
  const whole = await shownSec(page);
  for (let i = 0; i < 12; i++) await page.keyboard.press('+');
  expect(await shownSec(page)).toBeLessThan(0.5);
  await expect(page.getByTestId('overview')).toBeVisible();
  await page.keyboard.press('0');
  expect(await shownSec(page)).toBe(whole);
});

test('pictures and sound are drawn; wheel, lanes, markers and the saved frame work; it goes on where it was left', async ({
  page,
  samples,
}) => {
  await openLibrary(page, samples);
  await openFile(page, 'before-and-after');
  await expect.poll(() => drawn(page, 'picture-lane')).toBeGreaterThan(10_000);
  await expect.poll(() => drawn(page, 'sound-lane')).toBeGreaterThan(1000);
  await page.getByTestId('picture-lane').hover({ position: { x: 300, y: 20 }, force: true });
  await expect(page.getByTestId('preview')).toBeVisible();
  const whole = await shownSec(page);
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, -240);
  await page.keyboard.up('Control');
  await expect.poll(() => shownSec(page)).toBeLessThan(whole / 2);
  await page.keyboard.press('0');

  await expect(page.getByTestId('lane-caption')).toBeVisible();
  await page.getByTestId('lanes').click();
  await page.getByTestId('lane-choice').filter({ hasText: 'Caption' }).click();
  await expect(page.getByTestId('lane-caption')).toHaveCount(0);
  await page.getByTestId('lane-choice').filter({ hasText: 'Caption' }).click();
  await page.keyboard.press('Escape');

  await page.getByTestId('knowledge-time').first().click();
  await page.getByTestId('ruler').click({ position: { x: 400, y: 10 } });
  const marked = await timeSec(page);
  expect(marked).toBeGreaterThan(5);
  await page.keyboard.press('b');
  await page.getByTestId('marker-name').fill('The turn');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('marker')).toContainText('The turn');

  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('save-frame').click()]);
  expect(download.suggestedFilename()).toMatch(/^before-and-after .*\.jpg$/);
  expect([...(await readFile(await download.path())).subarray(0, 2)]).toEqual([0xff, 0xd8]);

  await page.waitForTimeout(1200); // the place is kept a moment after it was left
  await page.getByTestId('back').click();
  await openFile(page, 'before-and-after');
  await expect.poll(() => timeSec(page)).toBeCloseTo(marked, 0);
  await page.getByTestId('marker').click();
  await page.getByTestId('remove-marker').click();
  await expect(page.getByTestId('marker')).toHaveCount(0);
});

test('full screen has the controls and the timeline with its segments', async ({ page, samples }) => {
  await openLibrary(page, samples);
  await openFile(page, 'before-and-after');
  await page.keyboard.press('f');
  await expect.poll(() => page.evaluate(() => document.fullscreenElement?.className)).toBe('screen');
  await expect(page.getByTestId('segment').first()).toBeInViewport();
  await page.getByTestId('speed').click();
  await expect(page.getByTestId('speed-choice').first()).toBeVisible();
  await page.getByTestId('speed-choice').filter({ hasText: '1.5 ×' }).click();
  await expect(page.getByTestId('player').locator('video')).toHaveJSProperty('playbackRate', 1.5);
  await page.keyboard.press('f');
  await expect.poll(() => page.evaluate(() => document.fullscreenElement)).toBeNull();
});
