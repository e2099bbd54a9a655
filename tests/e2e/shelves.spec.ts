/** The sidebar: folders that are kept, what the person says of files, collections, and what went wrong. */
import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningPlayhead, startPlayhead } from '../../tools/lib/builtPlayhead.ts';
import { writeTone } from '../support/media.ts';
import { addPath, card, expect, openLibrary, test } from './support/window.ts';

let running: RunningPlayhead;
let home: string;
let folder: string;

/** Long ago, so that nothing takes it for a file that is being written. */
async function settled(path: string): Promise<void> {
  const earlier = new Date(Date.now() - 60_000);
  await utimes(path, earlier, earlier);
}

test.beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'playhead-shelves-'));
  folder = join(home, 'Harbour');
  await mkdir(folder);
  await writeTone(join(folder, 'horn.wav'), 440);
  await writeFile(join(folder, 'letter.wav'), 'Dear reader, this is no sound.\n'.repeat(20));
  for (const name of ['horn.wav', 'letter.wav']) await settled(join(folder, name));
  running = await startPlayhead();
});
test.afterAll(async () => {
  await running.close();
  await rm(home, { recursive: true, force: true });
});

test('a folder that is added is kept, watched, narrowed to, looked through and removed with its files', async ({
  page,
}) => {
  await openLibrary(page, running);
  await addPath(page, folder);
  const root = page.getByTestId('side-root').filter({ hasText: 'Harbour' });
  await expect(root).toContainText('2');
  await root.click();
  await expect(page).toHaveURL(/in=root/);
  await expect(page.getByTestId('media-card')).toHaveCount(2);
  await writeTone(join(folder, 'bell.wav'), 880);
  await expect(card(page, 'bell.wav')).toBeVisible();

  await root.hover();
  await page.getByTestId('side-root-more').click();
  await expect(page.getByTestId('root-state')).toContainText('Watched');
  await page.getByTestId('root-ignore').fill('*.proxy.wav');
  await page.getByTestId('root-save').click();
  await expect(page.getByTestId('root-dialog')).toHaveCount(0);
});

test('tags, rating and favourite are given in a dialog and lead back to the file; a collection is begun with it', async ({
  page,
}) => {
  await openLibrary(page, running);
  await page.getByTestId('library-filter').fill('horn');
  await card(page, 'horn.wav').click({ button: 'right' });
  await page.getByTestId('context-marks').click();
  await page.getByTestId('marks-title').fill('The horn of the ferry');
  await page.getByTestId('marks-star-4').click();
  await page.getByTestId('marks-favourite').click();
  await page.getByTestId('marks-tags').fill('ferry, loud');
  await page.getByTestId('marks-save').click();
  await expect(page.getByTestId('side-tag')).toHaveCount(2);
  await page.getByTestId('side-tag').filter({ hasText: 'loud' }).click();
  await expect(card(page, 'The horn of the ferry')).toBeVisible();
  await page.getByTestId('side-favourites').click();
  await expect(page.getByTestId('media-card')).toHaveCount(1);

  await card(page, 'The horn of the ferry').click({ button: 'right' });
  await page.getByTestId('context-collect').click();
  await page.getByTestId('collection-name').fill('Best of the harbour');
  await page.getByTestId('collection-save').click();
  await page.getByTestId('side-collection').filter({ hasText: 'Best of the harbour' }).click();
  await expect(card(page, 'The horn of the ferry')).toBeVisible();
  await page.getByTestId('new-collection').click();
  await page.getByTestId('collection-name').fill('Ferries');
  await page.getByTestId('collection-search').fill('ferry');
  await page.getByTestId('collection-save').click();
  await page.getByTestId('side-collection').filter({ hasText: 'Ferries' }).click();
  await expect(page.getByTestId('search-hit').first()).toContainText('horn.wav');
});

test('what cannot be read is a problem with what to do, on a page of its own, and goes with its folder', async ({
  page,
}) => {
  await openLibrary(page, running);
  await page.getByTestId('side-problems').click();
  const problem = page.getByTestId('problems-page').getByTestId('job').filter({ hasText: 'letter.wav' });
  await expect(problem.getByTestId('error-note')).toBeVisible();
  const root = page.getByTestId('side-root').filter({ hasText: 'Harbour' });
  await root.hover();
  await page.getByTestId('side-root-more').click();
  await page.getByTestId('root-remove-ask').click();
  await page.getByTestId('root-remove-files').click();
  await expect(root).toHaveCount(0);
  await expect(card(page, 'letter.wav')).toHaveCount(0);
});
