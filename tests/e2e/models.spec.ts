/** A full model, from its checkpoint to an answer, in the window. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningPlayhead, startPlayhead } from '../../tools/lib/builtPlayhead.ts';
import { startLocalHub } from '../support/hub/localHub.ts';
import { ask, expect, openFile, openLibrary, test, untilAnswered } from './support/window.ts';

/** VideoLLaMA 2.1 in every part and as published, but a few kilobytes large and with weights drawn by chance. */
const checkpoint = join(import.meta.dirname, '..', 'fixtures', 'parity', 'qwen2-siglip-stc35-beats');
let running: RunningPlayhead;
let folder: string;

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playhead-models-'));
  running = await startPlayhead();
});
test.afterAll(async () => {
  await running.close();
  await rm(folder, { recursive: true, force: true });
});

test('a full model is imported, chosen and asked in the window; the answer names it', async ({ page }) => {
  await openLibrary(page, running);
  await page.getByTestId('status-button').click();
  await page.getByTestId('models-button').click();
  const dialog = page.getByTestId('models-dialog');
  await dialog.getByTestId('import-checkpoint').fill(checkpoint);
  await dialog.getByTestId('import-bundle').fill(join(folder, 'my full model'));
  await dialog.getByTestId('import-weights').selectOption('fp32');
  await dialog.getByTestId('import-start').click();
  const model = dialog.getByTestId('model').filter({ hasText: 'my full model' });
  await expect(model).toBeVisible({ timeout: 120_000 });
  await model.getByRole('button', { name: 'Use' }).click();
  await expect(model).toContainText('In use', { timeout: 60_000 });
  const name = (await model.locator('.name').innerText()).trim();
  await page.keyboard.press('Escape');

  await openFile(page, 'red-circle-and-bell');
  await expect(page.getByTestId('sample-model-notice')).toHaveCount(0);
  const answer = await ask(page, 'Which colour does the circle have?');
  await untilAnswered(answer);
  await expect(answer.getByTestId('provenance')).toContainText(name);
  await expect(answer.getByTestId('provenance')).not.toContainText('playhead-sample-av');
});

test('a full model is fetched by one button, once its terms were shown, and answers', async ({ page }) => {
  const hub = await startLocalHub({ 'DAMO-NLP-SG/VideoLLaMA2.1-7B-AV': checkpoint });
  const fetching = await startPlayhead(undefined, { HF_ENDPOINT: hub.endpoint });
  try {
    await openLibrary(page, fetching);
    await openFile(page, 'red-circle-and-bell');
    await page.getByTestId('sample-model-notice').getByRole('button', { name: 'Get a full model' }).click();
    const dialog = page.getByTestId('models-dialog');
    const offer = dialog.locator('[data-model="videollama2.1-7b-av"]');
    await expect(offer.getByTestId('get-model')).toHaveCount(0);
    await offer.getByText('Terms, files and memory').click();
    await expect(offer.getByTestId('offer-terms')).toContainText('non-commercial');
    expect(hub.requests).toEqual([]);
    await offer.getByTestId('get-model').click();
    const model = dialog.getByTestId('model').filter({ hasText: 'VideoLLaMA2.1-7B-AV' });
    await expect(model).toBeVisible({ timeout: 120_000 });
    await model.getByRole('button', { name: 'Use' }).click();
    await expect(model).toContainText('In use', { timeout: 60_000 });
    await page.keyboard.press('Escape');
    const answer = await ask(page, 'Which colour does the circle have?');
    await untilAnswered(answer);
    await expect(answer.getByTestId('provenance')).toContainText('VideoLLaMA2.1-7B-AV');
  } finally {
    await fetching.close();
    await hub.close();
  }
});
