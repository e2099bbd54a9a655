/** Questions about a clip, their answers, and the conversation that stays. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { playhead, startPlayhead } from '../../tools/lib/builtPlayhead.ts';
import { ffmpeg } from '../support/media.ts';
import { sampleClips } from './support/truth.ts';
import {
  ask,
  card,
  expect,
  expectMoment,
  openFile,
  openLibrary,
  showOnly,
  test,
  untilAnswered,
  untilReady,
} from './support/window.ts';

test('a question about the chosen clip is answered right, streams, and shows where the answer comes from', async ({
  page,
  samples,
}) => {
  await openLibrary(page, samples);
  await showOnly(page, 'red-circle-and-bell');
  await card(page, 'red-circle-and-bell').click({ button: 'right' });
  await page.getByTestId('context-ask').click();
  const answer = await ask(page, 'Which colour does the circle have?');
  await untilAnswered(answer);
  await expect(answer).toContainText(/red/i);
  await expect(page.getByTestId('provenance').last()).toContainText('playhead-sample-av');
  await expect(page.getByTestId('sample-model-notice')).toBeVisible();
});

test('the first suggested question about a long clip is answered scene by scene, with what is there, and times to press', async ({
  page,
  samples,
}) => {
  const scenes = sampleClips.find(({ file }) => file === 'morning-shapes.mp4')?.scenes ?? [];
  await openLibrary(page, samples);
  await untilReady(page, 'morning-shapes');
  await card(page, 'morning-shapes').click();
  await page.getByTestId('suggested-question').first().click();
  const answer = page.getByTestId('message-assistant').last();
  await untilAnswered(answer);
  const lines = await answer.getByTestId('answer-parts').locator('li').allInnerTexts();
  expect(lines).toHaveLength(scenes.length);
  for (const [index, { objects }] of scenes.entries()) {
    for (const { colour, shape } of objects) expect(lines[index]).toContain(`${colour} ${shape}`);
  }
  await expect(answer.getByTestId('looked-at')).toContainText('all 5 scenes: 0:00–0:20');
  await expect(answer.getByTestId('provenance').locator('details')).not.toHaveAttribute('open');
  // It plays its stretch, which is the clip from then on.
  await answer.getByTestId('cite').nth(2).click();
  await expectMoment(page, 10, 2.2);
  await expect(page.getByTestId('clip').first()).toContainText('0:08');
});

test('an answer can be stopped, and the next question is answered', async ({ page, samples }) => {
  // A long clip that nobody has asked about yet: there is time to change one's mind while its scenes are looked at.
  await openLibrary(page, samples);
  await openFile(page, 'everything-moves');
  const answer = await ask(page, 'What colour is the star?');
  await page.getByTestId('chat-stop').click();
  await expect(answer).toHaveAttribute('data-state', 'stopped');
  await untilAnswered(await ask(page, 'What do you hear?'));
});

test('a conversation is still there after a reload, and after a kill and a new start', async ({ page }) => {
  let running = await startPlayhead();
  const { library } = running;
  try {
    await openLibrary(page, running);
    await openFile(page, 'red-circle-and-bell');
    await untilAnswered(await ask(page, 'Which colour does the circle have?'));
    await page.reload();
    await expect(page.getByTestId('message-user').first()).toContainText('Which colour');
    await running.kill();
    await expect(page.getByTestId('connection-notice')).toBeVisible();
    running = await startPlayhead(library);
    await openLibrary(page, running);
    await openFile(page, 'red-circle-and-bell');
    await expect(page.getByTestId('message-user').first()).toContainText('Which colour');
    await expect(page.getByTestId('message-assistant').first()).toContainText(/red/i);
  } finally {
    await running.close();
    await rm(library, { recursive: true, force: true });
  }
});

test('of footage from outside its world the sample model says so, and a full model is one click away', async ({
  page,
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'playhead-chat-'));
  const film = join(folder, 'holiday.mp4');
  await ffmpeg('-f', 'lavfi', '-i', 'testsrc=size=160x120:rate=10:duration=3', '-pix_fmt', 'yuv420p', film);
  const indexed = playhead('index', film, '--library', join(folder, 'library'));
  expect(indexed.exitCode, indexed.stderr).toBe(0);
  const running = await startPlayhead(join(folder, 'library'));
  try {
    await openLibrary(page, running);
    await openFile(page, 'holiday');
    const note = (await ask(page, 'What happens in the video?')).getByTestId('out-of-domain');
    await expect(note).toContainText('The sample model does not know footage like this.', { timeout: 60_000 });
    await note.getByTestId('get-full-model').click();
    await expect(page.getByTestId('models-dialog')).toBeVisible();
    await expect(page.getByTestId('import-help')).toBeVisible();
  } finally {
    await running.close();
    await rm(folder, { recursive: true, force: true });
  }
});
