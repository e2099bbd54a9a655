/**
 * The desktop app. The same suite runs twice: with the built main process over the stand-in for Electron and the page in
 * Chromium's own app window, and in Electron itself, where its binary is.
 */
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { electronBinary, whyNoElectron } from '../../scripts/lib/electron.mjs';
import { type Desktop, openDesktop } from './support/desktop.ts';
import { ask, untilAnswered } from './support/window.ts';

const sample = join(import.meta.dirname, '..', '..', 'resources', 'samples', 'red-circle-and-bell.mp4');

/** For the docs: PLAYHEAD_PICTURES names a folder. */
async function picture(page: Page, dialog: string): Promise<void> {
  const { PLAYHEAD_PICTURES: folder } = process.env;
  if (!folder) return;
  // What fades in is there.
  await page.waitForTimeout(400);
  await page.getByTestId(dialog).screenshot({ path: join(folder, `${dialog}.png`) });
}

/** A test fetches no binary: whoever has none runs `npx install-electron` first. */
const whyNot = () => (electronBinary() ? whyNoElectron() : 'its binary was not fetched');

for (const where of ['in Chromium', 'in Electron'] as const) {
  test.describe(`the desktop app ${where}`, () => {
    const refusal = where === 'in Electron' ? whyNot() : null;
    test.skip(refusal !== null, `Electron cannot run here: ${refusal}`);
    test.describe.configure({ mode: 'serial' });
    let desktop: Desktop;
    let folder: string;
    let film: string;

    test.beforeAll(async ({ playwright: _ }, info) => {
      folder = await mkdtemp(join(tmpdir(), 'playhead-film-'));
      film = join(folder, 'a “film” 🏖️.mp4');
      await copyFile(sample, film);
      desktop = await openDesktop(
        where === 'in Electron' ? electronBinary() : null,
        info.project.use.launchOptions ?? {},
      );
    });
    test.afterAll(async () => {
      await desktop?.close();
      await rm(folder, { recursive: true, force: true });
    });

    test('shows the library over a message port, and the page has nothing of Node', async () => {
      const { page } = desktop;
      await expect(page.getByTestId('media-card').first()).toBeVisible();
      const names = await page.evaluate(() =>
        ['require', 'process', 'module', 'Buffer', 'ipcRenderer', 'electron'].filter((name) => name in window),
      );
      expect(names).toEqual([]);
      expect(await page.evaluate(() => Object.keys((window as { playhead?: object }).playhead ?? {}).sort())).toEqual([
        ...['changeSettings', 'integrate', 'isDesktop', 'onCommand', 'pathOf', 'setCommands', 'state'],
      ]);
    });

    test('shows pictures and films at the app’s own addresses, and a film is sought in', async () => {
      const { page } = desktop;
      const widthOf = (image: Element) => (image as HTMLImageElement).naturalWidth;
      await expect
        .poll(() => page.getByTestId('media-card').first().locator('img').evaluate(widthOf))
        .toBeGreaterThan(0);
      await page.getByTestId('media-card').filter({ hasText: 'red-circle-and-bell' }).first().click();
      const film = page.locator('video');
      await expect.poll(() => film.evaluate((video: HTMLVideoElement) => video.readyState)).toBeGreaterThan(1);
      const sought = await film.evaluate(async (video: HTMLVideoElement) => {
        video.currentTime = 2.5;
        await new Promise((resolve) => video.addEventListener('seeked', resolve, { once: true }));
        return { scheme: new URL(video.currentSrc).protocol, timeSec: video.currentTime };
      });
      expect(sought).toEqual({ scheme: 'playhead-media:', timeSec: 2.5 });
      await page.goBack();
    });

    test('runs no script that is not its own', async () => {
      const ran = await desktop.page.evaluate(async () => {
        const script = document.createElement('script');
        script.textContent = 'window.wasRun = true';
        document.head.append(script);
        // Text that would have to be evaluated.
        (setTimeout as (text: string) => void)('window.wasEvaluated = true');
        await new Promise((resolve) => setTimeout(resolve, 100));
        return ['wasRun', 'wasEvaluated'].filter((name) => name in window);
      });
      expect(ran).toEqual([]);
    });

    test('has the window’s commands in the menus of the system, and they do the same', async () => {
      expect(await desktop.menus()).toEqual(
        expect.arrayContaining(['Add files or a folder', 'Player', 'Play or pause', 'Models']),
      );
      await desktop.choose('add');
      await expect(desktop.page.getByTestId('add-dialog')).toBeVisible();
      await desktop.page.keyboard.press('Escape');
    });

    test('opened with a file a second time shows it with the cursor in the question, and answers', async () => {
      const { page } = desktop;
      await desktop.startAgain(`--ask=${film}`);
      await expect(page.getByTestId('media-title')).toHaveText('a “film” 🏖️.mp4');
      await expect(page.getByTestId('granted-badge')).toBeVisible();
      await expect(page.getByTestId('chat-input')).toBeFocused();
      await untilAnswered(await ask(page, 'Which colour does the circle have?'));
      await expect(page.getByTestId('message-assistant').last()).toContainText(/red/i);
    });

    test('opened by a link shows the path, and nothing before the person agrees', async () => {
      const { page } = desktop;
      // It need not be there: nothing of it is looked at.
      const path =
        process.platform === 'win32' ? 'C:\\Users\\you\\harbour at dawn.mp4' : '/home/you/Videos/harbour at dawn.mp4';
      await desktop.startAgain(`playhead://ask?path=${encodeURIComponent(path)}`);
      await expect(page.getByTestId('agree-path')).toHaveText(path);
      await picture(page, 'agree-dialog');
      await page.getByTestId('agree-no').click();
      await expect(page.getByTestId('media-title')).toHaveText('a “film” 🏖️.mp4');
      await desktop.startAgain('playhead://ask?path=//nas/film.mp4');
      await expect(page.getByTestId('toast')).toContainText('another computer');
    });

    test('gets a fresh port when it is loaded again, and keeps what was asked', async () => {
      const { page } = desktop;
      await page.reload();
      await expect(page.getByTestId('message-assistant').last()).toContainText(/red/i);
    });

    test('keeps what is switched in its settings', async () => {
      const { page } = desktop;
      await desktop.choose('desktop');
      await expect(page.getByTestId('integration-state')).toBeVisible();
      await picture(page, 'desktop-dialog');
      await expect(page.getByTestId('looks-for-updates')).not.toBeChecked();
      await page.getByTestId('notifies').uncheck();
      await page.keyboard.press('Escape');
      await desktop.choose('desktop');
      await expect(page.getByTestId('notifies')).not.toBeChecked();
    });
  });
}
