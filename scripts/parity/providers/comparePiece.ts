/** One graph on two providers, the same input: how far apart they are. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type FloatTensor, openSession, type TensorLike } from '../../../src/main/core/model/session.ts';
import { countOf } from '../../../src/main/importer/checkpoint/storedTensor.ts';
import type { Weights } from '../../../src/main/importer/checkpoint/weights.ts';
import type { Graph } from '../../../src/main/importer/onnx/graph.ts';
import type { DataType } from '../../../src/main/importer/onnx/onnxProto.ts';
import { writeGraph } from '../../../src/main/importer/onnx/writeGraph.ts';
import { compareProvider, compareTensor, type StageResult } from '../compare.ts';
import { NoiseWeights, noise } from './noiseWeights.ts';

/** A network, or part of one, at sizes that matter to a provider. */
export interface Piece {
  name: string;
  graph(weights: Weights): Graph;
  /** Of the graph's free sizes, by their names. */
  sizes?: Record<string, number>;
  /** Of its whole numbers: the filled positions of a cache, the highest token id. */
  whole?: Record<string, number>;
  /** Of the largest difference, relative to the largest magnitude; 1e-3 when left out. */
  tolerance?: number;
}

/**
 * Every output of the piece on `provider` against the CPU's.
 * @param folder one of our own, for the graph's files
 */
export async function* comparePiece(piece: Piece, provider: string, folder: string): AsyncGenerator<StageResult> {
  const graph = piece.graph(new NoiseWeights());
  const file = await writeLoneGraph(graph, join(folder, 'piece'));
  try {
    const feeds = feedsOf(piece, graph);
    const outputs = graph.outputs.map(({ name }) => name);
    const theirs = await runOn('cpu', file, feeds, outputs);
    const ours = await runOn(provider, file, feeds, outputs);
    for (const name of outputs) {
      const [expected, given] = [theirs.outputs[name] as FloatTensor, ours.outputs[name] as FloatTensor];
      const stage = outputs.length === 1 ? piece.name : `${piece.name}: ${name}`;
      yield compareTensor(stage, given.data, expected.data, piece.tolerance ?? 1e-3);
    }
    if (ours.provider !== provider)
      yield { ...compareProvider(ours.provider, [provider]), note: `${piece.name}: ${ours.notices.join(' ')}` };
  } finally {
    await rm(join(folder, 'piece'), { recursive: true, force: true });
  }
}

/** @returns the file of a graph that belongs to no bundle, its weights beside it */
export async function writeLoneGraph(graph: Graph, folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  await writeGraph(graph, 'graph.onnx', 'graph.onnx.data', (path, chunks) => writeFile(join(folder, path), chunks));
  return join(folder, 'graph.onnx');
}

/** Noise for every input. */
function feedsOf({ sizes = {}, whole = {} }: Piece, { inputs }: Graph): Record<string, TensorLike> {
  return Object.fromEntries(
    inputs.map(({ name, type, dims: named }) => {
      const dims = named.map((size) => (typeof size === 'number' ? size : (sizes[size] ?? 1)));
      const values = noise(countOf(dims), name);
      return [name, { dims, data: asType(type, values, whole[name] ?? 0) }];
    }),
  );
}

function asType(type: DataType, values: Float32Array, highest: number): TensorLike['data'] {
  if (type === 'uint8') return Uint8Array.from(values, (value) => 128 + Math.round(value * 127));
  if (type !== 'int64') return values;
  if (values.length === 1) return BigInt64Array.of(BigInt(highest));
  return BigInt64Array.from(values, (value) => BigInt(Math.floor(Math.abs(value) * highest)));
}

async function runOn(provider: string, file: string, feeds: Record<string, TensorLike>, outputs: string[]) {
  const notices: string[] = [];
  const session = await openSession(file, { providers: [provider], onNotice: (notice) => notices.push(notice) });
  try {
    return { outputs: await session.run(feeds, outputs), provider: session.provider, notices };
  } finally {
    await session.close();
  }
}
