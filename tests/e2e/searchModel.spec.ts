/** A model for search alone, from the catalogue to the clips that it looks through; and the settings beside it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningPlayhead, startPlayhead } from '../../tools/lib/builtPlayhead.ts';
import { type LocalHub, startLocalHub } from '../support/hub/localHub.ts';
import { writeSearchCheckpoint } from '../support/hub/searchCheckpoint.ts';
import { expectNoViolation } from './support/axe.ts';
import { expect, openLibrary, test } from './support/window.ts';

let folder: string;
let hub: LocalHub;
let running: RunningPlayhead;

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playhead-search-model-'));
  hub = await startLocalHub({
    'google/siglip-base-patch16-224': await writeSearchCheckpoint(join(folder, 'checkpoint')),
  });
  running = await startPlayhead(join(folder, 'library'), { HF_ENDPOINT: hub.endpoint });
});
test.afterAll(async () => {
  await running.close();
  await hub.close();
  await rm(folder, { recursive: true, force: true });
});

test('a model for search is fetched, chosen, and looks through the clips that were indexed before, once that is wanted; it is checked and removed', async ({
  page,
}) => {
  await openLibrary(page, running);
  await page.getByTestId('status-button').click();
  await page.getByTestId('models-button').click();
  const dialog = page.getByTestId('models-dialog');
  const offer = dialog.locator('[data-model="siglip-base-224"]');
  await expect(offer.getByTestId('offer-reason')).toContainText('It fits');
  await offer.getByText('Terms, files and memory').click();
  await offer.getByTestId('get-model').click();
  const model = dialog.getByTestId('search-model');
  await expect(model).toContainText('SigLIP base, 224', { timeout: 120_000 });
  await expect(dialog.getByTestId('offered-work')).toHaveCount(0);
  await model.getByTestId('use-for-search').click();
  const work = dialog.getByTestId('offered-work');
  await expect(work).toContainText(/could look through \d+ indexed files, .* of footage: about/, { timeout: 60_000 });
  await work.getByRole('button', { name: 'Add it' }).click();
  await expect(work).toHaveCount(0);
  await expectNoViolation(page, 'models');
  await page.keyboard.press('Escape');
  await page.getByTestId('jobs-button').click();
  await expect(page.getByText('Adding looks to the search index').first()).toBeVisible({ timeout: 60_000 });
  await page.keyboard.press('Escape');

  await page.getByTestId('status-button').click();
  await page.getByTestId('models-button').click();
  await model.getByTestId('verify-model').click();
  await expect(page.getByText('SigLIP base, 224 is what its manifest says')).toBeVisible();
  await model.getByTestId('remove-model').click();
  await model.getByTestId('remove-model-yes').click();
  await expect(model).toHaveCount(0);
});

test('how full models answer, where models come from and a token are set in the window; the token is not shown again', async ({
  page,
}) => {
  await openLibrary(page, running);
  await page.getByTestId('status-button').click();
  await page.getByTestId('models-button').click();
  const dialog = page.getByTestId('models-dialog');
  await dialog.getByText('Settings of answers and of downloads').click();
  await dialog.getByTestId('setting-frames').fill('4');
  await dialog.getByTestId('setting-frames').blur();
  await dialog.getByTestId('hub-token').fill('hf_made_up');
  await dialog.getByTestId('keep-token').click();
  const form = dialog.getByTestId('hub-form');
  await expect(form).toContainText(/Kept in the (system’s key store|file .*tokens\.json)/);
  await expect(dialog.getByTestId('hub-token')).toHaveValue('');
  await expect(dialog.getByTestId('hub-token')).toHaveAttribute('placeholder', 'one is kept');
  await form.getByRole('button', { name: 'Take it away' }).click();
  await expect(dialog.getByTestId('hub-token')).toHaveAttribute('placeholder', /none/);
  await page.keyboard.press('Escape');
  await page.getByTestId('status-button').click();
  await page.getByTestId('models-button').click();
  await dialog.getByText('Settings of answers and of downloads').click();
  await expect(dialog.getByTestId('setting-frames')).toHaveValue('4');
});
