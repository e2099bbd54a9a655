import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { cancelled } from '../../../src/contract/index.ts';
import { connectHost } from '../../../src/main/channel/hostProcess.ts';
import type { RecogniserHostApi } from '../../../src/main/ports/recogniserHostApi.ts';
import { forkHost } from '../../../src/main/shells/shared/forkHost.ts';
import { byKind } from './byKind.ts';

const host = connectHost<RecogniserHostApi>(forkHost('recogniserHost'));
afterAll(() => host.kill());

const clip = {
  path: fileURLToPath(new URL('../../fixtures/recognise/cat-then-title.mp4', import.meta.url)),
  kind: 'video' as const,
  segment: { startSec: 0, endSec: 8 },
  hasAudio: false,
  frames: 4,
};

it('the recognisers answer from a process of their own', async () => {
  const { things, screenText } = byKind(await host.api.recognise(clip));
  expect(things.map(({ text }) => text)).toEqual(['cat']);
  expect(screenText.map(({ text }) => text)).toEqual(['Bakery on Elm Street']);
});

it('an abort reaches the process while it works, and the next request finds it free', async () => {
  const controller = new AbortController();
  const long = host.api.recognise({ ...clip, frames: 500 }, { signal: controller.signal });
  setTimeout(() => controller.abort(cancelled()), 300);
  await expect(long).rejects.toMatchObject({ code: 'cancelled' });
  expect((await host.api.recognise({ ...clip, frames: 1 })).notices).toEqual([]);
});

it('when the process ends, what is pending fails with model-crashed', async () => {
  const pending = host.api.recognise(clip);
  host.kill();
  await expect(pending).rejects.toMatchObject({ code: 'model-crashed' });
});
