/** What a question takes for granted is looked for before the sample model is asked. */
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { createModelHost } from '../../../src/main/answering/tasks/createModelHost.ts';
import type { ModelHostApi } from '../../../src/main/ports/modelHostApi.ts';

const resources = join(import.meta.dirname, '..', '..', '..', 'resources');
let host: ModelHostApi;

beforeAll(async () => {
  host = createModelHost();
  await host.loadModel({ bundleFolder: join(resources, 'models', 'sample-av'), providers: ['cpu'] });
});

async function answerTo(question: string, file: string): Promise<string> {
  const clip = { path: join(resources, 'samples', file), kind: 'video' as const, hasAudio: true };
  const input = { clip: { ...clip, segment: { startSec: 0, endSec: 4 } }, question, modality: 'auto' as const };
  return (await host.answer(input)).text;
}

test.each([
  ['Which way does the star go?', 'There is no star.'],
  ['Where does the blue square move to?', 'There is no blue square.'],
  ['What colour is the thing that grows?', 'There is no object that grows.'],
  ['What happens while the beeps are heard?', 'There are no beeps.'],
  ['What do you hear while the star grows?', 'There is no star.'],
  ['How big is the blue star?', 'There is no blue star.'],
  ['Is the yellow heart small or large?', 'There is no yellow heart.'],
  ['What size is the red circle?', 'Large.'],
  ['Which way does the circle go?', 'To the right.'],
  ['What colour is the thing that moves?', 'Red.'],
])('of a red circle that moves and a bell, “%s” is answered “%s”', async (question, answer) => {
  expect(await answerTo(question, 'red-circle-and-bell.mp4')).toBe(answer);
});
