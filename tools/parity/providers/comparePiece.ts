/** One graph on two providers, the same input: how far apart they are. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inFloats, withRounding } from '../../../src/main/answering/model/look/bounds.ts';
import { nearness } from '../../../src/main/answering/model/nearness.ts';
import { type FloatTensor, openSession, type TensorLike } from '../../../src/main/answering/model/session.ts';
import { countOf } from '../../../src/main/importing/checkpoint/storedTensor.ts';
import type { Weights } from '../../../src/main/importing/checkpoint/weights.ts';
import type { Graph } from '../../../src/main/importing/onnx/graph.ts';
import { writeGraph } from '../../../src/main/importing/onnx/writeGraph.ts';
import type { DataType } from '../../../src/main/models/onnxProto.ts';
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
}

/**
 * Every output of the piece on `provider` against the CPU's. Packed weights are compared in floats and then, as the
 * look before a bundle is believed does, as they are stored.
 * @param folder one of our own, for the graph's files
 */
export async function* comparePiece(piece: Piece, provider: string, folder: string): AsyncGenerator<StageResult> {
  const graph = piece.graph(new NoiseWeights());
  const file = await writeLoneGraph(graph, join(folder, 'piece'));
  const feeds = feedsOf(piece, graph);
  const names = graph.outputs.map(({ name }) => name);
  const on = (one: string, floatProducts: boolean) => runOn(one, { file, feeds, names, floatProducts });
  const told = (name: string, how = '') => `${piece.name}${names.length === 1 ? '' : `: ${name}`}${how}`;
  try {
    const [exact, ours] = [await on('cpu', true), await on(provider, true)];
    for (const name of names) yield compareTensor(told(name), dataOf(ours, name), dataOf(exact, name), inFloats);
    yield* compareWhere(piece, ours, provider);
    if (!graph.nodes.some(({ opType }) => opType === 'MatMulNBits')) return;
    const [rounded, ourRounded] = [await on('cpu', false), await on(provider, false)];
    for (const name of names) {
      const bound = withRounding(nearness(dataOf(rounded, name), dataOf(exact, name)));
      yield compareTensor(told(name, ', rounded'), dataOf(ourRounded, name), dataOf(exact, name), bound);
    }
    yield* compareWhere(piece, ourRounded, provider);
  } finally {
    await rm(join(folder, 'piece'), { recursive: true, force: true });
  }
}

/** Numbers of the CPU under another provider's name are no comparison. */
function* compareWhere({ name }: Piece, { provider: ranOn, notices }: Ran, provider: string): Generator<StageResult> {
  if (ranOn !== provider) yield { ...compareProvider(ranOn, [provider]), note: `${name}: ${notices.join(' ')}` };
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

interface Ran {
  outputs: Record<string, FloatTensor>;
  provider: string;
  notices: string[];
}

async function runOn(
  provider: string,
  graph: { file: string; feeds: Record<string, TensorLike>; names: string[]; floatProducts: boolean },
): Promise<Ran> {
  const { file, feeds, names, floatProducts } = graph;
  const notices: string[] = [];
  const onNotice = (notice: string) => void notices.push(notice);
  const session = await openSession(file, { providers: [provider], onNotice, floatProducts });
  try {
    return { outputs: await session.run(feeds, names), provider: session.provider, notices };
  } finally {
    await session.close();
  }
}

function dataOf({ outputs }: Ran, name: string): Float32Array {
  return (outputs[name] as FloatTensor).data;
}
