/** The walk of a new person: what the screen says is compared with how the clips were made. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { type RunningPlayhead, startPlayhead } from '../../tools/lib/builtPlayhead.ts';
import { ffmpeg } from '../support/media.ts';
import { sampleClips, thingsIn, thingsNamed } from './support/truth.ts';
import { addPath, card, expect, expectMoment, openLibrary, test, untilReady } from './support/window.ts';

let running: RunningPlayhead;
let folder: string;

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playhead-walk-'));
  await makeOwnFolder(join(folder, 'my films'));
  running = await startPlayhead();
});
test.afterAll(async () => {
  await running.close();
  await rm(folder, { recursive: true, force: true });
});

async function makeOwnFolder(own: string): Promise<void> {
  await mkdir(own, { recursive: true });
  const picture = ['-f', 'lavfi', '-i', 'mandelbrot=size=320x180:rate=10'];
  await ffmpeg(...picture, '-t', '4', '-c:v', 'libx264', '-pix_fmt', 'yuv420p', join(own, 'our garden.mp4'));
  await writeFile(join(own, 'our garden.srt'), '1\n00:00:02,000 --> 00:00:03,500\nWho ate the marmalade?\n');
}

async function openFile(page: Page, name: string): Promise<void> {
  await page.goto(`${running.origin}/#/library`);
  await untilReady(page, name);
  await card(page, name).click();
  await expect(page.getByTestId('media-title')).toContainText(name);
}

/** The first suggested question, and the words of its answer. */
async function askSuggested(page: Page): Promise<string> {
  await page.getByTestId('suggested-question').first().click();
  const answer = page.getByTestId('message-assistant').last();
  await expect(answer).toHaveAttribute('data-state', 'done', { timeout: 120_000 });
  return (await answer.innerText()).replace(/\s+/g, ' ');
}

test('a first start explains itself; its first search and its first question work at once', async ({ page }) => {
  const start = performance.now();
  await page.goto(running.address);
  const first = page.getByTestId('first-run');
  await expect(first).toContainText('on this computer alone');
  await first.getByTestId('first-search').click();
  await expect(page.getByTestId('search-hit').filter({ hasText: 'red-circle-and-bell' }).first()).toBeVisible();
  const searched = performance.now();
  await page.getByTestId('search-box').fill('');
  await page.getByTestId('first-ask').click();
  const answer = page.getByTestId('message-assistant').last();
  await expect(answer).toHaveAttribute('data-state', 'done', { timeout: 60_000 });
  const asked = performance.now();
  const seconds = (from: number, to: number) => ((to - from) / 1000).toFixed(1);
  console.log(`first search after ${seconds(start, searched)} s, first answer after ${seconds(start, asked)} s`);
  await expect(page.getByTestId('media-title')).toHaveText('red-circle-and-bell.mp4');
  expect([...thingsNamed(await answer.innerText())]).toEqual(['red circle']);
});

test('the suggested question names what is in each sample, and nothing else', async ({ page }) => {
  test.setTimeout(600_000);
  await openLibrary(page, running);
  let named = 0;
  let wrong: string[] = [];
  let existing = 0;
  let missed: string[] = [];
  for (const clip of sampleClips.slice(1)) {
    await openFile(page, clip.file);
    const said = thingsNamed(await askSuggested(page));
    const truth = thingsIn(clip);
    named += said.size;
    existing += truth.size;
    wrong = [...wrong, ...[...said].filter((thing) => !truth.has(thing)).map((thing) => `${clip.file}: ${thing}`)];
    missed = [...missed, ...[...truth].filter((thing) => !said.has(thing)).map((thing) => `${clip.file}: ${thing}`)];
  }
  console.log(`named ${named}, wrong ${wrong.length}; existing ${existing}, missed ${missed.length}`);
  expect(wrong.length, `named, but not there: ${wrong.join(', ')}`).toBeLessThanOrEqual(0.05 * named);
  expect(missed.length, `there, but not named: ${missed.join(', ')}`).toBeLessThanOrEqual(0.2 * existing);
});

test('an own folder is added and searched, and of footage that the sample model does not know the index tells', async ({
  page,
}) => {
  await openLibrary(page, running);
  await addPath(page, join(folder, 'my films'));
  await openFile(page, 'our garden');
  await expect(page.getByTestId('first-run')).toHaveCount(0);
  const told = await askSuggested(page);
  expect(told).toContain('The sample model cannot look at this. What the index knows:');
  expect(told).toContain('Said: “Who ate the marmalade?” our garden.srt');
  await page.getByTestId('message-assistant').last().getByTestId('cite').first().click();
  await expectMoment(page, 2, 1);
  await page.getByTestId('search-box').fill('marmalade');
  const hits = page.getByTestId('search-hit');
  await expect(hits).toHaveCount(1);
  await expect(hits.first()).toContainText('our garden');
  await hits.first().click();
  // The word is said at 2 s.
  await expectMoment(page, 2, 1);
});

test('the list of models names the one in use, and says how to bring another', async ({ page }) => {
  await openLibrary(page, running);
  await page.getByTestId('status-button').click();
  await page.getByTestId('models-button').click();
  const models = page.getByTestId('models-dialog');
  await expect(models.getByTestId('model')).toHaveCount(1);
  await expect(models.getByTestId('model')).toContainText('playhead-sample-av');
  await expect(models.getByTestId('model')).toContainText('In use');
  await models.getByTestId('import-checkpoint').fill(join(folder, 'no checkpoint'));
  await models.getByTestId('import-start').click();
  await expect(models.getByTestId('error-note')).toContainText('There is no such folder.');
});
