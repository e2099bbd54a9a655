/** Packed weights: MatMulNBits computes what they say, and whole networks stay close to the reference. */
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BundleWriter } from '../../src/main/importing/bundleWriter.ts';
import { computedWeight } from '../../src/main/importing/checkpoint/weights.ts';
import { importCheckpoint } from '../../src/main/importing/importCheckpoint.ts';
import { Graph } from '../../src/main/importing/onnx/graph.ts';
import { writeGraph } from '../../src/main/importing/onnx/writeGraph.ts';
import type { VideoLlamaManifest, WeightFormat } from '../../src/main/models/bundleManifest.ts';
import { unpackWeights } from '../support/unpackWeights.ts';
import { makeTempFolder, parityFolder } from '../unit/importer/checkpointFiles.ts';
import { readFloats, relativeError, runGraph, tensor, type Values } from './graphParity.ts';
import { prefill, spliceEmbeddings } from './prefillParity.ts';

/** Milliseconds: these run whole networks, on machines that may be busy. */
const patience = 300_000;

let temp: Awaited<ReturnType<typeof makeTempFolder>>;
beforeEach(async () => {
  temp = await makeTempFolder();
});
afterEach(() => temp.remove());

/** The same numbers in every run. */
function noise(count: number, seed: number): Float32Array<ArrayBuffer> {
  let state = seed;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

describe('a packed linear layer', { timeout: patience }, () => {
  it.each([
    [4, 32, 96],
    [4, 128, 256],
    [8, 32, 96],
    [8, 128, 256],
    [4, 32, 100],
    [8, 64, 150],
  ] as const)(
    'gives rows times its codes and scales: %i bits, blocks of %i, %i columns',
    async (bits, blockSize, columns) => {
      const [rows, batch] = [40, 5];
      const weight = noise(rows * columns, 1);
      const bias = noise(rows, 2);
      const x = noise(batch * columns, 3);
      const graph = new Graph('layer', { format: bits === 4 ? 'int4' : 'int8', blockSize });
      graph.input('x', 'float', ['rows', columns]);
      const stored = computedWeight('w', [rows, columns], async () => weight);
      graph.linear(
        'x',
        stored,
        computedWeight('b', [rows], async () => bias),
        { output: 'y' },
      );
      graph.output('y', 'float', ['rows', rows]);
      expect(graph.nodes.map(({ opType }) => opType)).toContain('MatMulNBits');
      const writer = new BundleWriter(join(temp.path, 'layer'), undefined, () => {});
      await writer.begin();
      await writeGraph(graph, 'layer.onnx', 'layer.onnx.data', writer.write);
      const { y } = await runGraph(join(temp.path, 'layer.partial', 'layer.onnx'), {
        x: tensor({ data: x, dims: [batch, columns] }),
      });

      const unpacked = unpackWeights(weight, { rows, columns, bits, blockSize });
      const expected = new Float32Array(batch * rows);
      for (let r = 0; r < batch; r++)
        for (let n = 0; n < rows; n++) {
          let sum = bias[n] as number;
          for (let k = 0; k < columns; k++)
            sum += (x[r * columns + k] as number) * (unpacked[n * columns + k] as number);
          expected[r * rows + n] = sum;
        }
      // Accuracy level 4 rounds the activations to 8 bits per block.
      expect(relativeError(y, { data: expected, dims: [batch, rows] })).toBeLessThan(1e-2);
    },
  );
});

/** Largest relative errors: weights of a random network are the worst case for packing. */
const limits: Record<Exclude<WeightFormat, 'fp32'>, { features: number; logits: number }> = {
  fp16: { features: 2e-3, logits: 2e-3 },
  int8: { features: 0.1, logits: 0.1 },
  int4: { features: 0.1, logits: 1 },
};

describe.each(['qwen2-siglip-stc35-beats', 'mixtral-clip-stc'])('%s', { timeout: patience }, (name) => {
  let exact: Values | undefined;

  it.each([
    ['fp16', 32],
    ['int8', 32],
    ['int4', 32],
    ['int4', 64],
  ] as const)('stays near the reference in %s, blocks of %i', async (format, blockSize) => {
    const folder = join(parityFolder, name);
    const bundle = join(temp.path, name);
    const imported = await importCheckpoint({
      checkpointFolder: folder,
      bundleFolder: bundle,
      weights: { format, blockSize },
    });
    const manifest = imported.manifest as VideoLlamaManifest;
    const expected = await readFloats(join(folder, 'expected.safetensors'));
    const known = (tensorName: string) => expected.get(tensorName) as Values;
    const { features, logits } = limits[format];
    expect(manifest.graphs.decoder).toMatchObject({ weights: format, blockSize: format === 'fp16' ? null : blockSize });
    expect(manifest.tokenEmbeddings.dtype).toBe('f16');

    const seen = await runGraph(join(bundle, 'vision.onnx'), { pixel_values: tensor(known('pixel_values')) });
    expect(relativeError(seen.vision_features, known('vision_features'))).toBeLessThan(features);
    const tokens = await runGraph(join(bundle, 'connector.onnx'), {
      vision_features: tensor(known('vision_features')),
    });
    expect(relativeError(tokens.video_tokens, known('video_tokens'))).toBeLessThan(features);
    const embeds = await spliceEmbeddings(bundle, manifest, [5, 6, -201, 7], [known('video_tokens')]);
    const all = await prefill(bundle, manifest, embeds, Number.MAX_SAFE_INTEGER);
    const chunked = await prefill(bundle, manifest, embeds, 5);
    expect(relativeError(chunked, all)).toBeLessThan(1e-3);
    exact ??= await exactLogits(folder, join(temp.path, 'exact'), known('video_tokens'));
    expect(relativeError(all, exact)).toBeLessThan(logits);
  });
});

async function exactLogits(folder: string, bundle: string, videoTokens: Values): Promise<Values> {
  const { manifest } = await importCheckpoint({ checkpointFolder: folder, bundleFolder: bundle });
  const embeds = await spliceEmbeddings(bundle, manifest as VideoLlamaManifest, [5, 6, -201, 7], [videoTokens]);
  return prefill(bundle, manifest as VideoLlamaManifest, embeds, Number.MAX_SAFE_INTEGER);
}
