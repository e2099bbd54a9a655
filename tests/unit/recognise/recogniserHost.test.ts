import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { forkHost } from '../../../src/main/core/forkHost.ts';
import { connectHost } from '../../../src/main/core/ports/hostChannel.ts';
import type { RecogniserHostApi } from '../../../src/main/core/ports/recogniserHostApi.ts';

const host = connectHost<RecogniserHostApi, object>(forkHost('recogniserHost'), {});
afterAll(() => host.kill());

const clip = {
  path: fileURLToPath(new URL('../../fixtures/recognise/cat-then-title.mp4', import.meta.url)),
  kind: 'video' as const,
  segment: { startSec: 0, endSec: 8 },
  frames: 4,
};

it('the recognisers answer from a process of their own', async () => {
  const { things, screenText } = await host.api.recognise('one', clip);
  expect(things.map(({ text }) => text)).toEqual(['cat']);
  expect(screenText.map(({ text }) => text)).toEqual(['Bakery on Elm Street']);
});

it('a cancel reaches the process while it works', async () => {
  const long = host.api.recognise('two', { ...clip, frames: 24 });
  setTimeout(() => void host.api.cancel('two'), 300);
  await expect(long).rejects.toMatchObject({ code: 'cancelled' });
});

it('when the process ends, what is pending fails with model-crashed', async () => {
  const pending = host.api.recognise('three', clip);
  host.kill();
  await expect(pending).rejects.toMatchObject({ code: 'model-crashed' });
});
