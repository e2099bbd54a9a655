/** Products of weights in fp16: where they are used, how near they are, and what becomes of one that overflows. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { halveProducts } from '../../../src/main/answering/model/halfProducts.ts';
import { inHalves, isWithin } from '../../../src/main/answering/model/look/bounds.ts';
import { compareWithCpu, type Part, runOnce } from '../../../src/main/answering/model/look/compareProviders.ts';
import { nearness } from '../../../src/main/answering/model/nearness.ts';
import { type OpenOptions, openSession, type Provider } from '../../../src/main/answering/model/session.ts';
import { Graph } from '../../../src/main/importing/onnx/graph.ts';
import type { WeightFormat } from '../../../src/main/models/bundleManifest.ts';
import { encodeModel } from '../../../src/main/models/onnxProto.ts';
import { decodeModel } from '../../../src/main/models/readOnnxProto.ts';
import { writeLoneGraph } from '../../../tools/parity/providers/comparePiece.ts';
import { NoiseWeights, noise } from '../../../tools/parity/providers/noiseWeights.ts';

const sample = join(import.meta.dirname, '../../../resources/models/sample-av');
const [rows, columns, batch] = [96, 512, 8];
const folder = await mkdtemp(join(tmpdir(), 'playhead-half-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

/** y = w · x + b */
async function layer(format: WeightFormat): Promise<string> {
  const graph = new Graph('layer', { format, blockSize: 32 });
  const x = graph.input('x', 'float', ['rows', columns]);
  const weights = new NoiseWeights();
  graph.linear(x, weights.get('w', [rows, columns]), weights.get('b', [rows]), { output: 'y' });
  graph.output('y', 'float', ['rows', rows]);
  return writeLoneGraph(graph, join(folder, format));
}

async function run(file: string, data: Float32Array, options: Partial<OpenOptions> = {}): Promise<Float32Array> {
  const session = await openSession(file, { providers: ['cpu'], ...options });
  const { y } = await session.run({ x: { data, dims: [batch, columns] } }, ['y']);
  await session.close();
  return y.data;
}

it('every graph of a bundle is read as it was written, to the byte', async () => {
  const files = (await readdir(sample)).filter((name) => name.endsWith('.onnx'));
  expect(files).toHaveLength(5);
  for (const file of files) {
    const bytes = await readFile(join(sample, file));
    expect(Buffer.compare(Buffer.from(encodeModel(decodeModel(bytes))), bytes)).toBe(0);
  }
});

describe.each(['int8', 'int4'] as const)('weights that are stored in %s', (format) => {
  it('are multiplied in fp16, which rounds, and is near enough', async () => {
    const file = await layer(format);
    const x = noise(batch * columns, 'x');
    const [plain, half] = [await run(file, x), await run(file, x, { halfProducts: true })];
    const near = nearness(half, plain);
    expect(near.difference).toBeGreaterThan(1e-5);
    expect(isWithin(near, inHalves)).toBe(true);
  });

  it('that overflow in fp16 are multiplied in fp32 by themselves, and it is told', async () => {
    const file = await layer(format);
    const x = noise(batch * columns, 'x').map((value) => value * 1e5);
    const notices: string[] = [];
    const onNotice = (notice: string) => void notices.push(notice);
    expect(await run(file, x, { halfProducts: true, onNotice })).toEqual(await run(file, x));
    expect(notices).toEqual(['the CPU in fp16 gave numbers that are not finite in graph.onnx; the CPU took over.']);
  });
});

it('weights that are stored in fp16 are multiplied in it, without a copy in fp32, and their bias is added in fp32', async () => {
  const file = await layer('fp16');
  const { nodes } = halveProducts(decodeModel(await readFile(file))).graph;
  expect(nodes.map(({ opType, inputs }) => [opType, ...inputs])).toEqual([
    ['Cast', 'x'],
    ['Gemm', 'y.left', 'w.fp16'],
    ['Cast', 'y.half'],
    ['Add', 'y.sum', 'b'],
  ]);
  // The CPU has no such product and takes the casts away again: this shows that the graph is one.
  const x = noise(batch * columns, 'x');
  expect(isWithin(nearness(await run(file, x, { halfProducts: true }), await run(file, x)), inHalves)).toBe(true);
});

it('weights that are stored in fp32 are multiplied as they are', async () => {
  const model = decodeModel(await readFile(await layer('fp32')));
  expect(halveProducts(model)).toEqual(model);
});

describe('an adapter', () => {
  /** "webgpu" is the CPU. */
  const part = (file: string, weights: WeightFormat, scale = 1): Part<Lone> => ({
    graph: { file: 'layer.onnx', dataFile: null, weights, blockSize: null },
    graphFile: file,
    async open(options) {
      const session = await openSession(file, { ...options, providers: ['cpu'] });
      return { provider: options.providers[0] as Provider, session, close: () => session.close() };
    },
    async run({ session }) {
      const x = { data: noise(batch * columns, 'x').map((value) => value * scale), dims: [batch, columns] };
      return { y: (await session.run({ x }, ['y'])).y.data };
    },
  });
  const judged = async (compared: Part<Lone>, features: readonly 'shader-f16'[]) =>
    compareWithCpu(compared, 'webgpu', await runOnce(compared, 'cpu'), new Set(features));

  it.each(['fp16', 'int4'] as const)(
    'that offers shader-f16 gets parts in %s in fp16, any other in fp32',
    async (format) => {
      const compared = part(await layer(format), format);
      expect(await judged(compared, ['shader-f16'])).toMatchObject({ isRight: true, isHalf: true });
      expect(await judged(compared, [])).toMatchObject({ isRight: true, isHalf: false, difference: 0 });
    },
  );

  it('gets a part in fp32 that is stored so, or that overflows in fp16', async () => {
    for (const compared of [part(await layer('fp32'), 'fp32'), part(await layer('int4'), 'int4', 1e5)])
      expect(await judged(compared, ['shader-f16'])).toMatchObject({ isRight: true, isHalf: false, difference: 0 });
  });
});

interface Lone {
  provider: Provider;
  session: Awaited<ReturnType<typeof openSession>>;
  close(): Promise<void>;
}
