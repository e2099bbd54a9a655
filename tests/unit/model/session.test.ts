import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSession } from '../../../src/main/answering/model/session.ts';
import { importCheckpoint } from '../../../src/main/importing/importCheckpoint.ts';

const checkpointFolder = fileURLToPath(new URL('../../fixtures/parity/siglip-dual', import.meta.url));
let temporary = '';
let graph = '';

beforeAll(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'playhead-session-'));
  const bundleFolder = join(temporary, 'bundle');
  await importCheckpoint({ checkpointFolder, bundleFolder });
  graph = join(bundleFolder, 'image.onnx');
});
afterAll(() => rm(temporary, { recursive: true, force: true }));

const picture = (value: number) => ({
  pixel_values: { data: new Float32Array(3 * 56 * 56).fill(value), dims: [1, 3, 56, 56] },
});

describe('a session', () => {
  test('takes the first provider that works, the CPU last, and tells of those that were refused', async () => {
    const notices: string[] = [];
    const providers = ['no-such-provider', 'cuda'];
    const session = await openSession(graph, { providers, onNotice: (text) => notices.push(text) });
    expect(session.provider).toBe('cpu');
    expect(notices).toHaveLength(2);
    expect(notices[0]).toContain('no-such-provider');
    const { image_embeds } = await session.run(picture(0.5), ['image_embeds']);
    expect(image_embeds.dims).toEqual([1, 48]);
    await session.close();
  });

  test('gives no numbers that are not finite: it fails and names the output', async () => {
    const session = await openSession(graph, { providers: ['cpu'] });
    await expect(session.run(picture(Number.NaN), ['image_embeds'])).rejects.toMatchObject({
      code: 'model-invalid',
      message: expect.stringContaining('image_embeds'),
      file: graph,
    });
    await session.close();
  });

  test('refuses input of a wrong shape with the reason of ONNX Runtime', async () => {
    const session = await openSession(graph, { providers: ['cpu'] });
    const wrong = { pixel_values: { data: new Float32Array(12), dims: [1, 3, 2, 2] } };
    await expect(session.run(wrong, ['image_embeds'])).rejects.toMatchObject({
      code: 'model-invalid',
      causeText: expect.stringContaining('pixel_values'),
    });
    await session.close();
  });

  test('of a file that is no graph is a model error that names the file', async () => {
    const notAGraph = fileURLToPath(import.meta.url);
    await expect(openSession(notAGraph, { providers: ['cpu'] })).rejects.toMatchObject({
      code: 'model-invalid',
      file: notAGraph,
    });
  });
});
