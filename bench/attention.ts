/**
 * One token's attention over a cache, alone: as the decoder's graph does it, with floats and with 8-bit codes, and as
 * ONNX Runtime's GroupQueryAttention does it with past and present in one buffer.
 *
 *   node bench/attention.ts [positions…]      (default: 1500 3000)
 *
 * Heads as Qwen2-7B's. Milliseconds per token for 28 layers, the least of the runs, what ONNX Runtime for Node adds
 * included: it copies every output, so that GroupQueryAttention pays for the whole cache each time.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { physicalCores } from '../src/main/answering/model/physicalCores.ts';
import { BundleWriter } from '../src/main/importing/bundleWriter.ts';
import { cachedLayer } from '../src/main/importing/networks/kvCacheInputs.ts';
import { Graph } from '../src/main/importing/onnx/graph.ts';
import { writeGraph } from '../src/main/importing/onnx/writeGraph.ts';
import type { LanguageArchitecture } from '../src/main/models/bundleManifest.ts';
import { minimumOf, secondsOf } from './repeat.ts';
import { type Row, tableHead, tableRow } from './report.ts';

const [heads, kvHeads, headDim] = [28, 4, 128];
const language = { heads, kvHeads, headDim } as LanguageArchitecture;
const LAYERS = 8; // measured
const ALL_LAYERS = 28; // told
const RUNS = 30;

type Kind = 'GroupQueryAttention' | 'fp32' | 'int8';

const lengths = process.argv.slice(2).map(Number);
console.log(tableHead);
for (const positions of lengths.length > 0 ? lengths : [1500, 3000]) {
  for (const kind of ['GroupQueryAttention', 'fp32', 'int8'] as const) {
    const row: Row = {
      what: `${kind}, ${positions} positions`,
      value: await millisecondsOf(kind, positions),
      unit: 'ms',
    };
    console.log(tableRow(row));
  }
}

async function millisecondsOf(kind: Kind, positions: number): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'playhead-bench-'));
  try {
    const writer = new BundleWriter(join(folder, 'graph'), undefined, () => {});
    await writer.begin();
    await writeGraph(
      kind === 'GroupQueryAttention' ? groupedGraph() : ownGraph(kind),
      'a.onnx',
      'a.data',
      writer.write,
    );
    const session = await InferenceSession.create(join(folder, 'graph.partial', 'a.onnx'), {
      intraOpNumThreads: physicalCores(),
      enableMemPattern: false,
      logSeverityLevel: 3,
    });
    const { feeds, fetches } = tensorsOf(session, kind, positions);
    const seconds = await minimumOf(RUNS, () => secondsOf(() => session.run(feeds, fetches)));
    await session.release();
    return (seconds * 1000 * ALL_LAYERS) / LAYERS;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Scores, Softmax and mix over the cache, with the importer's own operators. */
function ownGraph(format: 'fp32' | 'int8'): Graph {
  const graph = new Graph('attention', { format: 'fp32', blockSize: 32 });
  const query = graph.input('query', 'float', [1, kvHeads, heads / kvHeads, headDim]);
  const attended = Array.from({ length: LAYERS }, (_, layer) => {
    const cache = cachedLayer(graph, language, format, layer);
    return cache.mix(graph.op('Softmax', [cache.scores(query)], { axis: -1 }));
  });
  graph.op('Sum', attended, {}, 'out');
  graph.output('out', 'float', [1, kvHeads, heads / kvHeads, headDim]);
  return graph;
}

function groupedGraph(): Graph {
  const graph = new Graph('grouped', { format: 'fp32', blockSize: 32 });
  const packed = graph.input('packed', 'float', [1, 1, (heads + 2 * kvHeads) * headDim]);
  graph.input('seqlens_k', 'int32', [1]);
  graph.input('total', 'int32', []);
  const attended = Array.from({ length: LAYERS }, (_, layer) => {
    const past = ['key', 'value'].map((part) =>
      graph.input(`past.${layer}.${part}`, 'float', [1, kvHeads, 'capacity', headDim]),
    );
    const outputs = [`attended_${layer}`, `present.${layer}.key`, `present.${layer}.value`];
    graph.nodes.push({
      opType: 'GroupQueryAttention',
      domain: 'com.microsoft',
      name: `attention_${layer}`,
      inputs: [packed, '', '', ...past, 'seqlens_k', 'total'],
      outputs,
      attributes: { num_heads: heads, kv_num_heads: kvHeads },
    });
    for (const output of outputs.slice(1)) graph.output(output, 'float', [1, kvHeads, 'capacity', headDim]);
    return outputs[0] as string;
  });
  graph.op('Sum', attended, {}, 'out');
  graph.output('out', 'float', [1, 1, heads * headDim]);
  return graph;
}

/** A full cache; GroupQueryAttention gets the same tensors as past and as present. */
function tensorsOf(session: InferenceSession, kind: Kind, positions: number) {
  const feeds: Record<string, Tensor> = {};
  const fetches: Record<string, Tensor | null> = { out: null };
  for (const input of session.inputMetadata) {
    if (!input.isTensor) continue;
    const dims = input.shape.map((size) => (typeof size === 'string' ? positions : size));
    feeds[input.name] = filled(input.name, input.type, dims, positions);
    if (input.name.startsWith('past.')) fetches[input.name.replace('past', 'present')] = feeds[input.name] as Tensor;
  }
  if (kind !== 'GroupQueryAttention') return { feeds, fetches: { out: null } };
  return { feeds, fetches };
}

function filled(name: string, type: string, dims: number[], positions: number): Tensor {
  const count = dims.reduce((all, size) => all * size, 1);
  if (name === 'seqlens_k') return new Tensor('int32', Int32Array.of(positions - 1), dims);
  if (name === 'total') return new Tensor('int32', Int32Array.of(positions), dims);
  if (type === 'uint8')
    return new Tensor(
      'uint8',
      Uint8Array.from({ length: count }, (_, i) => 128 + 100 * Math.sin(i)),
      dims,
    );
  return new Tensor(
    'float32',
    Float32Array.from({ length: count }, (_, i) => Math.sin(i) / 10),
    dims,
  );
}
