/**
 * A vision tower's attention, alone: in plain operators, as the importer writes it, and as ONNX Runtime's fused
 * MultiHeadAttention.
 *
 *   node bench/towerAttention.ts
 *
 * One frame of siglip-so400m-patch14-384 and of clip-vit-large-patch14-336 on the CPU. Milliseconds of processor time
 * for one layer on one thread, the least of the runs; both take turns, so that other work on the machine meets both.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { BundleWriter } from '../src/main/importing/bundleWriter.ts';
import { plainAttention } from '../src/main/importing/networks/plainAttention.ts';
import { Graph } from '../src/main/importing/onnx/graph.ts';
import { writeGraph } from '../src/main/importing/onnx/writeGraph.ts';
import { tableHead, tableRow } from './report.ts';

interface Heads {
  positions: number;
  heads: number;
  headDim: number;
}

const towers: Record<string, Heads> = {
  'SigLIP, 729 positions': { positions: 729, heads: 16, headDim: 72 },
  'CLIP, 577 positions': { positions: 577, heads: 16, headDim: 64 },
};
const RUNS = 40;

console.log(tableHead);
for (const [tower, sizes] of Object.entries(towers)) {
  const folder = await mkdtemp(join(tmpdir(), 'playhead-bench-'));
  try {
    const graphs = { plain: plainGraph(sizes), MultiHeadAttention: fusedGraph(sizes) };
    const sessions: [string, InferenceSession][] = [];
    for (const [kind, graph] of Object.entries(graphs)) sessions.push([kind, await open(graph, join(folder, kind))]);
    const least = new Map<string, number>();
    const feeds = feedsOf(sizes);
    for (let run = 0; run < RUNS; run++)
      for (const [kind, session] of sessions) {
        const start = process.cpuUsage();
        await session.run(feeds, ['out']);
        const { user, system } = process.cpuUsage(start);
        least.set(kind, Math.min(least.get(kind) ?? Number.POSITIVE_INFINITY, (user + system) / 1000));
      }
    for (const [kind, value] of least) console.log(tableRow({ what: `${kind}, ${tower}`, value, unit: 'ms' }));
    for (const [, session] of sessions) await session.release();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function inputsOf(graph: Graph, { positions, heads, headDim }: Heads): string[] {
  return ['query', 'key', 'value'].map((name) => graph.input(name, 'float', [positions, heads * headDim]));
}

function plainGraph(sizes: Heads): Graph {
  const graph = new Graph('plain', { format: 'fp32', blockSize: 32 });
  const [query, key, value] = inputsOf(graph, sizes) as [string, string, string];
  const { positions, heads, headDim } = sizes;
  const width = heads * headDim;
  const both = { query: positions, key: positions };
  const attended = plainAttention(graph, { query, key, value, positions: both, width, heads });
  graph.reshape(attended, [positions, width], 'out');
  graph.output('out', 'float', [positions, width]);
  return graph;
}

function fusedGraph(sizes: Heads): Graph {
  const graph = new Graph('fused', { format: 'fp32', blockSize: 32 });
  const { positions, heads, headDim } = sizes;
  const width = heads * headDim;
  const inputs = inputsOf(graph, sizes).map((name) => graph.reshape(name, [1, positions, width]));
  graph.nodes.push({
    opType: 'MultiHeadAttention',
    domain: 'com.microsoft',
    name: 'attention',
    inputs,
    outputs: ['attended'],
    attributes: { num_heads: heads },
  });
  graph.reshape('attended', [positions, width], 'out');
  graph.output('out', 'float', [positions, width]);
  return graph;
}

async function open(graph: Graph, folder: string): Promise<InferenceSession> {
  const writer = new BundleWriter(folder, undefined, () => {});
  await writer.begin();
  await writeGraph(graph, 'a.onnx', 'a.data', writer.write);
  return InferenceSession.create(join(`${folder}.partial`, 'a.onnx'), { intraOpNumThreads: 1 });
}

function feedsOf({ positions, heads, headDim }: Heads): Record<string, Tensor> {
  const width = heads * headDim;
  const values = (seed: number) => Float32Array.from({ length: positions * width }, (_, i) => Math.sin(i * seed));
  return Object.fromEntries(
    [1.1, 1.7, 2.3].map((seed, i) => [
      ['query', 'key', 'value'][i] as string,
      new Tensor('float32', values(seed), [positions, width]),
    ]),
  );
}
