/**
 * The GPU path, for its correctness: small checkpoints on the webgpu provider. Without a GPU it runs on SwiftShader,
 * the software driver that Chromium carries; where neither is found, the tests are skipped and say so.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSession } from '../../src/main/answering/model/session.ts';
import { importCheckpoint } from '../../src/main/importing/importCheckpoint.ts';
import { checkConnectors } from '../../tools/parity/checkConnectors.ts';
import { checkDualEncoder } from '../../tools/parity/checkDualEncoder.ts';
import { checkVideoLlama } from '../../tools/parity/checkVideoLlama.ts';
import { offerSoftwareAdapter, whyNoWebgpu } from '../../tools/parity/webgpu.ts';

const fixtures = fileURLToPath(new URL('../fixtures/parity/', import.meta.url));
const temporary = await mkdtemp(join(tmpdir(), 'playhead-webgpu-'));
offerSoftwareAdapter();

async function imported(name: string) {
  const checkpointFolder = fixtures + name;
  const bundleFolder = join(temporary, name);
  if (!existsSync(bundleFolder)) await importCheckpoint({ checkpointFolder, bundleFolder });
  return { checkpointFolder, bundleFolder, providers: ['webgpu'], tolerance: 1e-3 };
}

const refused = await whyNoWebgpu(`${fixtures}siglip-dual`);
if (refused !== null) console.warn(`The tests of the GPU path are skipped: ${refused}`);

describe.skipIf(refused !== null)('the webgpu provider', () => {
  beforeAll(() => expect(refused).toBeNull());
  afterAll(() => rm(temporary, { recursive: true, force: true }));

  test('gives the numbers and the greedy tokens of the reference', { timeout: 300_000 }, async () => {
    const notices: string[] = [];
    const options = {
      ...(await imported('qwen2-siglip-stc35')),
      cases: 1,
      onNotice: (text: string) => notices.push(text),
    };
    for await (const result of checkVideoLlama(options)) expect(result).toMatchObject({ pass: true });
    for (const notice of notices) expect(notice).not.toContain('CPU');
  });

  test('gives the same for sound, and for sizes that are no multiple of anything', { timeout: 300_000 }, async () => {
    for await (const result of checkVideoLlama(await imported('other-sizes')))
      expect(result).toMatchObject({ pass: true });
  });

  test.each(['many-patches-siglip', 'many-patches-clip'])(
    'gives the same for a tower with more patches than fused attention is right for: %s',
    { timeout: 300_000 },
    async (name) => {
      for await (const result of checkVideoLlama({ ...(await imported(name)), cases: 1 }))
        expect(result).toMatchObject({ pass: true });
    },
  );

  test('gives the video tokens of every connector', { timeout: 300_000 }, async () => {
    const bundleFolder = join(temporary, 'connectors');
    const options = { checkpointFolder: `${fixtures}connectors`, bundleFolder, providers: ['webgpu'] };
    let checked = 0;
    for await (const result of checkConnectors({ ...options, tolerance: 1e-4 })) {
      expect(result).toMatchObject({ pass: true });
      checked += 1;
    }
    expect(checked).toBe(7); // an eighth would say that a connector ran on the CPU
  });

  test.each(['siglip-dual', 'clip-dual', 'many-patches-siglip-dual', 'many-patches-clip-dual'])(
    'gives the vectors of %s',
    { timeout: 120_000 },
    async (name) => {
      for await (const result of checkDualEncoder(await imported(name))) expect(result).toMatchObject({ pass: true });
    },
  );

  test('is guarded at the first run of every size', { timeout: 120_000 }, async () => {
    const { bundleFolder } = await imported('siglip-dual');
    let guarded = 0;
    const guard = <T>(run: () => Promise<T>): Promise<T> => {
      guarded += 1;
      return run();
    };
    const session = await openSession(join(bundleFolder, 'image.onnx'), { providers: ['webgpu'], guard });
    for (const pictures of [1, 1, 2, 1, 2]) {
      const data = new Float32Array(pictures * 3 * 56 * 56).fill(0.5);
      await session.run({ pixel_values: { data, dims: [pictures, 3, 56, 56] } }, ['image_embeds']);
    }
    expect(guarded).toBe(2);
    await session.close();
  });

  test('is replaced by the CPU, with a notice, when its numbers are not finite', { timeout: 120_000 }, async () => {
    const { bundleFolder } = await imported('siglip-dual');
    const notices: string[] = [];
    const options = { providers: ['webgpu'], onNotice: (notice: string) => void notices.push(notice) };
    const session = await openSession(join(bundleFolder, 'image.onnx'), options);
    expect(session.provider).toBe('webgpu');
    const feeds = { pixel_values: { data: new Float32Array(3 * 56 * 56).fill(Number.NaN), dims: [1, 3, 56, 56] } };
    await expect(session.run(feeds, ['image_embeds'])).rejects.toMatchObject({ code: 'model-invalid' });
    expect(session.provider).toBe('cpu');
    expect(notices.join(' ')).toContain('the CPU took over');
    await session.close();
  });
});
