/** The real window in Chromium over the real engine, and what a person does in it. */
import { test as base, expect, type Locator, type Page } from '@playwright/test';
import { type RunningPlayhead, startPlayhead } from '../../../tools/lib/builtPlayhead.ts';

export { expect } from '@playwright/test';

interface WorkerFixtures {
  /** A server on the sample clips alone. Tests look and ask there; whoever adds, imports or ends it starts his own. */
  samples: RunningPlayhead;
}

export const test = base.extend<object, WorkerFixtures>({
  samples: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from this pattern.
    async ({}, use) => {
      const running = await startPlayhead();
      await use(running);
      await running.close();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  /** Nothing in it may break or be refused by the security policy, whatever the test is about. */
  page: async ({ page }, use) => {
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) problems.push(message.text());
    });
    await use(page);
    expect(problems, 'what broke in the window').toEqual([]);
  },
});

/** Opens the library's page, where the first card stands. */
export async function openLibrary(page: Page, running: RunningPlayhead): Promise<void> {
  await page.goto(running.address);
  await expect(page.getByTestId('media-card').first()).toBeVisible();
}

export const card = (page: Page, name: string): Locator => page.getByTestId('media-card').filter({ hasText: name });

/** Filters the grid, so that the card is in the page whatever the size of the library. */
export async function showOnly(page: Page, name: string): Promise<void> {
  await page.getByTestId('library-filter').fill(name);
  await expect(card(page, name)).toBeVisible();
}

export async function untilReady(page: Page, name: string): Promise<void> {
  await showOnly(page, name);
  await expect(card(page, name)).toHaveAttribute('data-state', 'ready', { timeout: 170_000 });
}

/** From the library's page into the player. */
export async function openFile(page: Page, name: string): Promise<void> {
  await showOnly(page, name);
  await card(page, name).click();
  await expect(page.getByTestId('media-title')).toContainText(name);
}

export async function addPath(page: Page, path: string): Promise<void> {
  await page.getByTestId('add-button').click();
  await page.getByTestId('add-path').fill(path);
  await page.getByTestId('add-confirm').click();
  await expect(page.getByTestId('add-dialog')).toHaveCount(0);
}

/** Sends the question; the answer is the newest one, and goes on. */
export async function ask(page: Page, question: string): Promise<Locator> {
  await page.getByTestId('chat-input').fill(question);
  await page.getByTestId('chat-send').click();
  await expect(page.getByTestId('message-user').last()).toContainText(question);
  return page.getByTestId('message-assistant').last();
}

export async function untilAnswered(answer: Locator): Promise<void> {
  await expect(answer).toHaveAttribute('data-state', 'done', { timeout: 120_000 });
}

/** Until the player shows this moment. */
export async function expectMoment(page: Page, timeSec: number, within = 0.5): Promise<void> {
  const player = page.getByTestId('player');
  await expect
    .poll(async () => Math.abs(Number(await player.getAttribute('data-time')) - timeSec))
    .toBeLessThan(within);
}
