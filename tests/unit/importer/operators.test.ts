/** Which operators the importer writes, and that each of them is looked at on every provider. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { openCheckpoint } from '../../../src/main/importing/checkpoint/openCheckpoint.ts';
import { Weights } from '../../../src/main/importing/checkpoint/weights.ts';
import { textGraph } from '../../../src/main/importing/networks/dualEncoderGraph.ts';
import { Graph } from '../../../src/main/importing/onnx/graph.ts';
import type { PlannedGraph } from '../../../src/main/importing/plan.ts';
import { planDualEncoder } from '../../../src/main/importing/planDualEncoder.ts';
import { planVideoLlama } from '../../../src/main/importing/planVideoLlama.ts';
import { Problems } from '../../../src/main/importing/problems.ts';
import { planWeights, type WeightChoice } from '../../../src/main/importing/weightPlan.ts';
import type { WeightFormat } from '../../../src/main/models/bundleManifest.ts';
import { writeLoneGraph } from '../../../tools/parity/providers/comparePiece.ts';
import { NoiseWeights, noise } from '../../../tools/parity/providers/noiseWeights.ts';
import { allPieces, smallPieces } from '../../../tools/parity/providers/operators.ts';
import { relativeError, runGraph, type Values } from '../../parity/graphParity.ts';
import { parityFolder } from './checkpointFiles.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const about = { name: 'a', description: '', licence: '', source: '', isSampleModel: false };

async function graphsOf(name: string, choice: WeightChoice): Promise<PlannedGraph[]> {
  const folder = join(parityFolder, name);
  const problems = new Problems(folder);
  const checkpoint = await openCheckpoint(folder, problems);
  const plan = name.endsWith('-dual') ? planDualEncoder : planVideoLlama;
  const weights = new Weights(checkpoint, problems);
  const planned = await plan({ folder, weights, problems, formats: planWeights(choice), about });
  await checkpoint.close();
  problems.throwIfAny();
  return planned?.graphs ?? [];
}

async function writtenOperators(): Promise<Set<string>> {
  const folders = (await readdir(parityFolder)).filter((name) => name !== 'connectors');
  const choices: WeightChoice[] = [{}, { format: 'int4' }, { format: 'int8' }, { kvCache: 'int8' }];
  const plans = folders.flatMap((name) => choices.map((choice) => graphsOf(name, choice)));
  return new Set((await Promise.all(plans)).flat().flatMap(({ graph }) => graph.nodes.map(({ opType }) => opType)));
}

describe('the operators of imported graphs', () => {
  it('are plain where ONNX Runtime has a fused attention: that one is wrong on WebGPU from 32 positions on', async () => {
    for (const operator of await writtenOperators()) expect(operator).not.toMatch(/Attention/);
  });

  it('stand without a fused attention in the sample model, too', async () => {
    const folder = join(root, 'resources', 'models', 'sample-av');
    const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.onnx'));
    expect(files.length).toBeGreaterThan(6);
    for (const file of files) expect(await readFile(join(folder, file), 'latin1')).not.toContain('HeadAttention');
  });

  it('are all compared between providers, at the sizes at which these change their ways', async () => {
    const compared = allPieces.flatMap((piece) => piece.graph(new NoiseWeights()).nodes.map(({ opType }) => opType));
    expect([...(await writtenOperators())].filter((operator) => !compared.includes(operator))).toEqual([]);
    const small = smallPieces.flatMap((piece) => piece.graph(new NoiseWeights()).nodes.map(({ opType }) => opType));
    expect([...new Set(compared)].filter((operator) => !small.includes(operator))).toEqual([]);
  });

  it('are those that docs/importer.md names', async () => {
    const text = await readFile(join(root, 'docs', 'importer.md'), 'utf8');
    const line = /^Operators used\. Standard .*?: (.*)\. ONNX Runtime's own .*?: (.*)\.$/m.exec(text);
    const named = `${line?.[1]}, ${line?.[2]}`.replace(/ \(.*?\)/g, '').split(', ');
    const compared = allPieces.flatMap((piece) => piece.graph(new NoiseWeights()).nodes.map(({ opType }) => opType));
    expect(named.toSorted()).toEqual([...new Set(compared)].toSorted());
  });
});

describe('a matrix that is larger than an adapter binds', () => {
  const planned = (format: WeightFormat, rows: number, columns: number) => {
    const graph = new Graph('layer', { format, blockSize: 32 });
    graph.linear(graph.input('x', 'float', ['rows', columns]), new NoiseWeights().get('head', [rows, columns]), null);
    return graph;
  };
  const bytesOf = (type: string) => ({ float: 4, float16: 4, uint8: 1 })[type] ?? 0; // fp16 is computed with as fp32

  it.each([
    ['fp32', 152_064, 3584, 3],
    ['fp16', 152_064, 3584, 3],
    ['int8', 152_064, 3584, 1],
    ['int8', 152_064, 8192, 2],
    ['int4', 152_064, 8192, 1],
    ['fp32', 32_000, 4096, 1],
  ] as const)('becomes several: %s, %i × %i in %i', (format, rows, columns, count) => {
    const { nodes, blocks } = planned(format, rows, columns);
    expect(nodes.filter(({ opType }) => /Gemm|MatMulNBits/.test(opType))).toHaveLength(count);
    for (const { type, dims } of blocks.flatMap(({ parts }) => parts))
      expect(bytesOf(type) * dims.reduce((all, size) => all * size, 1)).toBeLessThanOrEqual(2 ** 30);
  });

  it.each(['fp32', 'fp16', 'int8', 'int4'] as const)('gives the same numbers in slices: %s', async (format) => {
    const [rows, columns] = [37, 64];
    const outputs = await Promise.all(
      [2 ** 30, 900].map(async (largestMatrix) => {
        const graph = new Graph('layer', { format, blockSize: 32, largestMatrix });
        const x = graph.input('x', 'float', ['rows', columns]);
        const weights = new NoiseWeights();
        graph.linear(x, weights.get('head.weight', [rows, columns]), weights.get('head.bias', [rows]), { output: 'y' });
        graph.output('y', 'float', ['rows', rows]);
        const folder = await mkdtemp(join(tmpdir(), 'playhead-slices-'));
        const file = await writeLoneGraph(graph, join(folder, 'graph'));
        const data = noise(3 * columns, 'x');
        const { y } = await runGraph(file, { x: new Tensor('float32', data, [3, columns]) });
        await rm(folder, { recursive: true });
        return { y: y as Values, nodes: graph.nodes.length };
      }),
    );
    const [whole, sliced] = outputs as [(typeof outputs)[0], (typeof outputs)[0]];
    expect(sliced.nodes).toBeGreaterThan(whole.nodes);
    expect(relativeError(sliced.y, whole.y)).toBeLessThan(1e-6);
  });

  it.each(['fp32', 'fp16'] as const)('is looked up in slices where it is a table, row for row: %s', async (format) => {
    const [rows, columns] = [37, 64];
    const ids = [0, 36, 12, 13, 18, 19, 24, 25, 1, 35];
    const [whole, sliced] = await Promise.all(
      [2 ** 30, 37 * 64].map(async (largestMatrix) => {
        const graph = new Graph('table', { format, blockSize: 32, largestMatrix });
        const found = graph.lookUp(
          graph.input('ids', 'int64', ['batch', 5]),
          new NoiseWeights().get('t', [rows, columns]),
        );
        graph.reshape(found, [0, 0, columns], 'y');
        graph.output('y', 'float', ['batch', 5, columns]);
        const folder = await mkdtemp(join(tmpdir(), 'playhead-slices-'));
        const file = await writeLoneGraph(graph, join(folder, 'graph'));
        const { y } = await runGraph(file, { ids: new Tensor('int64', ids.map(BigInt), [2, 5]) });
        await rm(folder, { recursive: true });
        return { y: y as Values, tables: graph.nodes.filter(({ opType }) => opType === 'Gather').length };
      }),
    );
    expect([whole?.tables, sliced?.tables]).toEqual([1, 4]);
    expect(sliced?.y).toEqual(whole?.y);
  });

  it('holds no table of a text half that is larger, as the 256,000 words of newer SigLIPs are', () => {
    const sizes = { width: 1152, heads: 16, intermediateSize: 4304, layers: 1, maxLength: 64 };
    const words = { padTokenId: 0, eosTokenId: 1, vocabSize: 256_000 };
    const graph = textGraph(new NoiseWeights(), { family: 'siglip', ...sizes, ...words }, 1152, {
      format: 'fp16',
      blockSize: 32,
    });
    for (const { dims } of graph.blocks.flatMap(({ parts }) => parts))
      expect(4 * dims.reduce((all, size) => all * size, 1)).toBeLessThanOrEqual(2 ** 30);
  });
});
