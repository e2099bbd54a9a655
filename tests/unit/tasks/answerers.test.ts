/** What answers is chosen by the kind of the bundle. */
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Answerer } from '../../../src/main/answering/tasks/answerers/answerer.ts';
import { openAnswerer } from '../../../src/main/answering/tasks/answerers/answerers.ts';

const sample = join(import.meta.dirname, '../../../resources/models/sample-av');
const input = { bundleFolder: sample, providers: ['cpu'] };

test('a VideoLLaMA 2 bundle is opened by its family, and says what it can answer about', async () => {
  const answerer = await openAnswerer(input);
  onTestFinished(() => answerer.close());
  expect(answerer.senses).toEqual(expect.arrayContaining(['video', 'audio', 'av']));
  const clip = {
    path: join(sample, '../../samples/bells-and-beeps.mp4'),
    kind: 'video' as const,
    segment: { startSec: 0, endSec: 4 },
    hasAudio: true,
  };
  let streamed = '';
  const onText = (text: string) => {
    streamed += text;
  };
  const { text } = await answerer.answer({ clip, question: 'What is heard?', modality: 'auto' }, { onText });
  expect(text).not.toBe('');
  expect(streamed).toBe(text);
});

test('a bundle that only serves search is told as one that cannot answer', async () => {
  const embedding = { ...input, bundleFolder: join(sample, 'embedding') };
  await expect(openAnswerer(embedding)).rejects.toMatchObject({ code: 'model-invalid', file: embedding.bundleFolder });
});

test('another family answers for another kind of bundle as soon as it has a row', async () => {
  const answerer = { name: 'other' } as Answerer;
  const families = { 'dual-encoder': { open: async () => answerer } };
  expect(await openAnswerer({ ...input, bundleFolder: join(sample, 'embedding') }, families)).toBe(answerer);
});
