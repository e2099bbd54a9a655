/** The sample model's dual encoder is asked only about what its world has. */
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { createModelHost } from '../../../src/main/answering/tasks/createModelHost.ts';
import type { ModelHostApi } from '../../../src/main/ports/modelHostApi.ts';

const bundleFolder = join(import.meta.dirname, '..', '..', '..', 'resources', 'models', 'sample-av');
let host: ModelHostApi;

beforeAll(async () => {
  host = createModelHost();
  await host.loadEmbedder({ bundleFolder, providers: ['cpu'] });
});

const vectorOf = async (text: string) => (await host.embedText(text)).vector;

test.each([
  ...[
    'two men',
    'woman',
    'guitar',
    'a man with a hat',
    'peppers',
    'red pepper',
    'blue car',
    'dancing people',
    'birthday',
  ],
  ...['star wars', 'heart attack', 'ring road', 'black forest cake', 'full moon party', 'white wine', 'cross country'],
  ...['three beeps', 'a bell', 'what do you hear', 'red circle and a bell', 'silence'],
  ...['video', 'what happens', 'system', 'time', 'asdf qwer zxcv', 'tar', 'ass', '🎉', '2019', 'красный круг', ''],
])('“%s” names nothing that is seen in its world, and is not looked for by meaning', async (text) => {
  expect(await vectorOf(text)).toBeNull();
});

test.each([
  ['crimson disc', 'red circle'],
  ['show me a crimson disc', 'red circle'],
  ['navy boxes', 'blue square'],
  ['Is there a doughnut?', 'ring'],
  ['an orange hoop', 'orange ring'],
])('“%s” is looked for as “%s”', async (text, own) => {
  expect(await vectorOf(text)).toEqual(await vectorOf(own));
});

test('what is said in its own words is looked for as it was typed', async () => {
  for (const text of ['red circle', 'A small red circle and a large blue square', 'The star spins.', 'bounces'])
    expect(await vectorOf(text), text).toHaveLength((await vectorOf('red circle'))?.length as number);
  expect(await vectorOf('a red circle and a blue square')).not.toEqual(await vectorOf('red circle and blue square'));
});
