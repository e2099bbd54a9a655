/** Each small checkpoint of the fixtures, imported and run, against the numbers that the reference gave for it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { importCheckpoint } from '../../src/main/importing/importCheckpoint.ts';
import type { WeightChoice } from '../../src/main/importing/weightPlan.ts';
import { checkConnectors } from '../../tools/parity/checkConnectors.ts';
import { checkDualEncoder } from '../../tools/parity/checkDualEncoder.ts';
import { checkVideoLlama } from '../../tools/parity/checkVideoLlama.ts';
import type { StageResult } from '../../tools/parity/compare.ts';

const fixtures = fileURLToPath(new URL('../fixtures/parity/', import.meta.url));
let temporary = '';

beforeEach(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'playhead-parity-'));
});
afterEach(() => rm(temporary, { recursive: true, force: true }));

async function failuresOf(results: AsyncIterable<StageResult>): Promise<{ checked: number; failed: StageResult[] }> {
  const all: StageResult[] = [];
  for await (const result of results) all.push(result);
  return { checked: all.length, failed: all.filter(({ pass }) => !pass) };
}

async function imported(name: string, weights?: WeightChoice) {
  const checkpointFolder = fixtures + name;
  const bundleFolder = join(temporary, 'bundle');
  await importCheckpoint({ checkpointFolder, bundleFolder, weights });
  return { checkpointFolder, bundleFolder, providers: ['cpu'] };
}

describe('a checkpoint gives the numbers of the reference at every stage', () => {
  const folders = [
    'qwen2-siglip-stc35',
    'qwen2-siglip-stc35-beats',
    'mistral-clip-stc',
    'mixtral-clip-stc',
    // Widths that 16 does not divide, tied embeddings, an odd grid, another epsilon, 12 patches, parts in a torch file.
    'other-sizes',
    // 81 and 36 patches: more than the 32 from which some GPUs' fused attention goes wrong.
    'many-patches-siglip',
    'many-patches-clip',
  ];
  test.each(folders)('%s', async (name) => {
    const { checked, failed } = await failuresOf(checkVideoLlama({ ...(await imported(name)), tolerance: 1e-3 }));
    expect(failed).toEqual([]);
    expect(checked).toBeGreaterThan(10);
  });
});

test('a cache of 8-bit codes stays near the reference, and picks nearly all of its tokens', async () => {
  const { checkpointFolder, bundleFolder, providers } = await imported('qwen2-siglip-stc35-beats', { kvCache: 'int8' });
  const { checked, failed } = await failuresOf(
    checkVideoLlama({ checkpointFolder, bundleFolder, providers, tolerance: 5e-3 }),
  );
  expect(checked).toBeGreaterThan(10);
  expect(failed).toEqual([]);
});

describe('a dual encoder gives the vectors of the reference', () => {
  test.each(['siglip-dual', 'clip-dual', 'many-patches-siglip-dual', 'many-patches-clip-dual'])('%s', async (name) => {
    const { checked, failed } = await failuresOf(checkDualEncoder({ ...(await imported(name)), tolerance: 1e-4 }));
    expect(failed).toEqual([]);
    expect(checked).toBe(4);
  });
});

test('every connector of the reference, alone, gives its video tokens', async () => {
  const options = { checkpointFolder: `${fixtures}connectors`, bundleFolder: temporary, providers: ['cpu'] };
  const { checked, failed } = await failuresOf(checkConnectors({ ...options, tolerance: 1e-4 }));
  expect(failed).toEqual([]);
  expect(checked).toBe(7);
});
