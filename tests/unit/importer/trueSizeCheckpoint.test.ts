import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Checkpoint, openCheckpoint } from '../../../src/main/importing/checkpoint/openCheckpoint.ts';
import { Weights } from '../../../src/main/importing/checkpoint/weights.ts';
import { planVideoLlama } from '../../../src/main/importing/planVideoLlama.ts';
import { Problems } from '../../../src/main/importing/problems.ts';
import { planWeights } from '../../../src/main/importing/weightPlan.ts';
import { type CheckpointSizes, checkpointShapes, trueSizes } from '../../../tools/trueSizeCheckpoint/shapes.ts';
import { configOf } from '../../../tools/trueSizeCheckpoint/smallFiles.ts';
import { writeRandomCheckpoint } from '../../../tools/trueSizeCheckpoint/writeRandomCheckpoint.ts';
import { makeTempFolder, parityFolder, readTensors } from './checkpointFiles.ts';

const family = join(parityFolder, 'qwen2-siglip-stc35-beats');
const smallSizes: CheckpointSizes = {
  language: { hidden: 64, intermediate: 128, layers: 2, heads: 4, kvHeads: 4, vocab: 512 },
  vision: { width: 32, intermediate: 64, layers: 3, heads: 4, patch: 14, image: 56 },
  connector: 'stc_connector_v35',
  frames: 16,
  audio: {
    patch: 16,
    embed: 32,
    width: 48,
    intermediate: 96,
    layers: 3,
    heads: 4,
    convPos: 32,
    convPosGroups: 4,
    buckets: 320,
    classes: 527,
  },
};

describe('the random checkpoint of true size', () => {
  it('has, at the sizes of the parity checkpoint, exactly its weights', async () => {
    const found = [...(await readTensors(family))].map(([name, { shape }]) => `${name} ${shape}`);
    const made = checkpointShapes(smallSizes).map(({ name, shape }) => `${name} ${shape}`);
    expect(made.toSorted()).toEqual(found.toSorted());
  });

  it('has the bytes of the published checkpoint', () => {
    const bytes = checkpointShapes(trueSizes).reduce((sum, { shape }) => sum + 2 * shape.reduce((a, b) => a * b, 1), 0);
    expect(bytes / 1e9).toBeGreaterThan(16);
    expect(bytes / 1e9).toBeLessThan(17.5);
  });

  it('is read back whole from its shards', async () => {
    const temp = await makeTempFolder();
    try {
      await writeRandomCheckpoint({
        folder: temp.path,
        sizes: smallSizes,
        tokenizerFolder: family,
        shardBytes: 300_000,
      });
      const problems = new Problems(temp.path);
      const checkpoint = await openCheckpoint(temp.path, problems);
      problems.throwIfAny();
      expect(new Set([...checkpoint.tensors.values()].map(({ file }) => file)).size).toBeGreaterThan(2);
      expect(checkpoint.tensors.size).toBe(checkpointShapes(smallSizes).length);
      await checkpoint.close();
    } finally {
      await temp.remove();
    }
  });

  it('is planned as int4 with no weight missing or of another shape', async () => {
    const temp = await makeTempFolder();
    try {
      await writeRandomCheckpoint({ folder: temp.path, sizes: smallSizes, tokenizerFolder: family, shardBytes: 1e9 });
      const problems = new Problems(temp.path);
      // The tensors as the true-size files would list them, without the files.
      const tensors = new Map(
        checkpointShapes(trueSizes).map(({ name, shape }) => [
          name,
          { name, shape, dtype: 'BF16' as const, file: '', offset: 0, bytes: 0 },
        ]),
      );
      await writeFile(join(temp.path, 'config.json'), JSON.stringify(configOf(trueSizes)));
      const plan = await planVideoLlama({
        folder: temp.path,
        weights: new Weights(new Checkpoint(temp.path, tensors), problems),
        problems,
        formats: planWeights('int4'),
        about: { name: 'x', description: '', licence: '', source: '', isSampleModel: false },
      });
      problems.throwIfAny();
      expect((plan?.bytes ?? 0) / 1e9).toBeGreaterThan(5);
      expect((plan?.bytes ?? 0) / 1e9).toBeLessThan(8);
    } finally {
      await temp.remove();
    }
  });
});
