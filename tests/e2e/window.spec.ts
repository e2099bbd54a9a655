/** The real window in Chromium over the real engine: what a person does on the first day. */
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { makeEverySort, type TestFiles } from '../support/media.ts';
import { type RunningPlayhead, startPlayhead } from './support/playhead.ts';

const samples = join(import.meta.dirname, '..', '..', 'resources', 'samples');

/** What a sample clip's script says. */
interface SampleTruth {
  file: string;
  scenes: { objects: { colour: string; shape: string }[] }[];
}

test.describe.configure({ mode: 'serial' });

let running: RunningPlayhead;
let page: Page;
let folder: string;
let files: TestFiles;
const problems: string[] = [];

test.beforeAll(async ({ browser }) => {
  folder = await mkdtemp(join(tmpdir(), 'playhead-window-'));
  files = await makeEverySort(join(folder, 'my files 🎞️'));
  await writeFile(join(folder, 'my files 🎞️', 'notes.txt'), 'no media');
  running = await startPlayhead();
  page = await browser.newPage();
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) problems.push(message.text());
  });
  await page.goto(running.address);
});
test.afterAll(async () => {
  await running.close();
  await rm(folder, { recursive: true, force: true });
});

const card = (name: string) => page.getByTestId('media-card').filter({ hasText: name });

/** Filters the grid, so that the card is in the page whatever the size of the library. */
async function showOnly(name: string): Promise<void> {
  await page.getByTestId('library-filter').fill(name);
  await expect(card(name)).toBeVisible();
}

async function untilReady(name: string): Promise<void> {
  await showOnly(name);
  await expect(card(name)).toHaveAttribute('data-state', 'ready', { timeout: 170_000 });
}

async function search(words: string): Promise<void> {
  await page.getByTestId('search-box').fill(words);
}

test('the first start shows the sample clips, with pictures, and keeps the token out of the address bar', async () => {
  await expect(page.getByTestId('media-card').first()).toBeVisible();
  expect(page.url()).not.toContain('token');
  await showOnly('red-circle-and-bell');
  await expect(card('red-circle-and-bell').locator('img')).toBeVisible();
  await untilReady('red-circle-and-bell');
});

test('a folder is added; bad files are reported by name with a reason, what is passed over is told, and the others are indexed', async () => {
  await page.getByTestId('add-button').click();
  await page.getByTestId('add-path').fill(join(folder, 'my files 🎞️'));
  await page.getByTestId('add-confirm').click();
  for (const name of files.good) await untilReady(name);
  await page.getByTestId('library-filter').fill('');
  await page.getByTestId('jobs-button').click();
  for (const name of files.bad) {
    const job = page.getByTestId('job').filter({ hasText: name });
    await expect(job).toHaveAttribute('data-state', 'failed');
    await expect(job.getByTestId('error-note')).toBeVisible();
  }
  const half = page.getByTestId('job').filter({ hasText: 'half a film.mp4' });
  await expect(half.getByTestId('job-notice').first()).toContainText('cut off');
  const scan = page.locator('[data-testid="job"][data-kind="scan"]').filter({ hasText: 'my files' });
  await expect(scan.getByTestId('job-notice')).toContainText('by their ending (1: notes.txt)');
  await page.keyboard.press('Escape');
});

test('a dismissed problem stays dismissed over a reload', async () => {
  await expect(page.getByTestId('problem-note')).toContainText('3 problems');
  await page.getByTestId('problems-dismiss').click();
  await expect(page.getByTestId('problem-note')).toHaveCount(0);
  await page.reload();
  await page.getByTestId('jobs-button').click();
  await expect(page.getByTestId('job').first()).toBeVisible();
  await expect(page.getByTestId('problem-dismiss')).toHaveCount(0);
  await page.keyboard.press('Escape');
});

test('a file that was renamed says so, and is taken up again where it is now', async () => {
  const own = join(folder, 'my files 🎞️');
  await rename(join(own, 'two frames.mp4'), join(own, 'renamed.mp4'));
  await showOnly('two frames');
  await card('two frames').click();
  const trouble = page.getByTestId('player-trouble');
  await expect(trouble).toContainText('not in its place');
  await expect(trouble).not.toContainText('h264');
  await expect(trouble).toContainText('renamed.mp4');
  await expect(page.getByTestId('play-pause')).toBeDisabled();
  await page.getByTestId('take-candidate').click();
  await expect(page.getByTestId('media-title')).toContainText('renamed.mp4', { timeout: 60_000 });
  await expect(trouble).toHaveCount(0);
  await page.getByTestId('back').click();
  await page.getByTestId('library-filter').fill('');
});

test('a search for words that stand nowhere finds nothing, and says so', async () => {
  await search('xylophonist');
  await expect(page.getByTestId('no-moments')).toBeVisible();
  await expect(page.getByTestId('search-hit')).toHaveCount(0);
});

test('a hit opens the player at its moment', async () => {
  await search('');
  await untilReady('eight-directions'); // sample clips give way to the files that were added
  // In this clip the black triangle comes in the last scenes; its caption says so.
  await search('black triangle');
  const hit = page.getByTestId('search-hit').filter({ hasText: 'eight-directions' }).first();
  await expect(hit).toBeVisible();
  const startSec = Number(await hit.getAttribute('data-start'));
  expect(startSec).toBeGreaterThan(1);
  await hit.click();
  await expect(page.getByTestId('media-title')).toContainText('eight-directions');
  await expect(page.getByTestId('player')).toBeVisible();
  await expect
    .poll(async () => Math.abs(Number(await page.getByTestId('player').getAttribute('data-time')) - startSec))
    .toBeLessThan(0.5);
  await expect(page.getByTestId('segment')).not.toHaveCount(0);
  await expect(page.getByTestId('player').locator('video')).toHaveJSProperty('readyState', 4);
});

test('a question about the chosen clip is answered right, streams, and shows where the answer comes from', async () => {
  await search('');
  await page.goto(`${running.origin}/#/library`);
  await showOnly('red-circle-and-bell');
  await card('red-circle-and-bell').click({ button: 'right' });
  await page.getByTestId('context-ask').click();
  await page.getByTestId('chat-input').fill('Which colour does the circle have?');
  await page.getByTestId('chat-send').click();
  await expect(page.getByTestId('message-user')).toContainText('Which colour');
  const answer = page.getByTestId('message-assistant').last();
  await expect(answer).toHaveAttribute('data-state', 'done', { timeout: 60_000 });
  await expect(answer).toContainText(/red/i);
  await expect(page.getByTestId('provenance').last()).toContainText('playhead-sample-av');
  await expect(page.getByTestId('sample-model-notice')).toBeVisible();
});

test('the first suggested question about a long clip is answered scene by scene, with what is there, and times to press', async () => {
  const { clips } = JSON.parse(await readFile(join(samples, 'samples.json'), 'utf8')) as { clips: SampleTruth[] };
  const scenes = clips.find(({ file }) => file === 'morning-shapes.mp4')?.scenes ?? [];
  await page.goto(`${running.origin}/#/library`);
  await untilReady('morning-shapes');
  await card('morning-shapes').click();
  await page.getByTestId('suggested-question').first().click();
  const answer = page.getByTestId('message-assistant').last();
  await expect(answer).toHaveAttribute('data-state', 'done', { timeout: 60_000 });
  const lines = await answer.getByTestId('answer-parts').locator('li').allInnerTexts();
  expect(lines).toHaveLength(scenes.length);
  for (const [index, { objects }] of scenes.entries()) {
    for (const { colour, shape } of objects) expect(lines[index]).toContain(`${colour} ${shape}`);
  }
  await expect(answer.getByTestId('looked-at')).toContainText('all 5 scenes: 0:00–0:20');
  await expect(answer.getByTestId('provenance').locator('details')).not.toHaveAttribute('open');
  await answer.getByTestId('cite').nth(2).click();
  await expect
    .poll(async () => Math.abs(Number(await page.getByTestId('player').getAttribute('data-time')) - 8))
    .toBeLessThan(0.5);
});

test('of footage from outside its world the sample model says so, and a full model is one click away', async () => {
  await page.goto(`${running.origin}/#/library`);
  await showOnly('holiday');
  await card('holiday').click();
  await page.getByTestId('chat-input').fill('What happens in the video?');
  await page.getByTestId('chat-send').click();
  const note = page.getByTestId('message-assistant').last().getByTestId('out-of-domain');
  await expect(note).toContainText('The sample model does not know footage like this.', { timeout: 60_000 });
  await note.getByTestId('get-full-model').click();
  await expect(page.getByTestId('models-dialog')).toBeVisible();
  await expect(page.getByTestId('import-help')).toBeVisible();
  await page.keyboard.press('Escape');
});

test('an answer can be stopped, and the next question is answered', async () => {
  // A long clip that nobody has asked about yet: there is time to change one's mind while its scenes are looked at.
  await page.goto(`${running.origin}/#/library`);
  await showOnly('everything-moves');
  await card('everything-moves').click();
  await page.getByTestId('chat-input').fill('What colour is the star?');
  await page.getByTestId('chat-send').click();
  const answer = page.getByTestId('message-assistant').last();
  await page.getByTestId('chat-stop').click();
  await expect(answer).toHaveAttribute('data-state', 'stopped');
  await page.getByTestId('chat-input').fill('What do you hear?');
  await page.getByTestId('chat-send').click();
  await expect(page.getByTestId('message-assistant').last()).toHaveAttribute('data-state', 'done', { timeout: 60_000 });
});

test('a conversation is still there after a reload, and after a kill and a new start', async () => {
  await page.reload();
  await expect(page.getByTestId('message-user').first()).toContainText('What colour is the star?');
  const { library } = running;
  await running.kill();
  await expect(page.getByTestId('connection-notice')).toBeVisible();
  running = { ...(await startPlayhead(library)), library };
  await page.goto(running.address);
  await showOnly('red-circle-and-bell');
  await card('red-circle-and-bell').click();
  await expect(page.getByTestId('message-user').first()).toContainText('Which colour');
});

test('everything is reached by keys, and the theme can be changed', async () => {
  await page.keyboard.press('Escape');
  await page.locator('body').press('/');
  await expect(page.getByTestId('search-box')).toBeFocused();
  const colours = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const before = await colours();
  await page.getByTestId('theme-toggle').click();
  await expect.poll(colours).not.toBe(before);
});

test('nothing in the window broke or was refused by its security policy', async () => {
  expect(problems).toEqual([]);
});
