/** Packed weights with products in floats and as they are stored, and how far apart two providers may be then. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { inFloats, isWithin, withRounding } from '../../../src/main/answering/model/look/bounds.ts';
import { compareWithCpu, type Part, runOnce } from '../../../src/main/answering/model/look/compareProviders.ts';
import { nearness } from '../../../src/main/answering/model/nearness.ts';
import {
  type OpenOptions,
  type OrtSession,
  openSession,
  type Provider,
} from '../../../src/main/answering/model/session.ts';
import { readAll } from '../../../src/main/importing/checkpoint/weights.ts';
import { Graph } from '../../../src/main/importing/onnx/graph.ts';
import type { WeightFormat } from '../../../src/main/models/bundleManifest.ts';
import { writeLoneGraph } from '../../../tools/parity/providers/comparePiece.ts';
import { NoiseWeights, noise } from '../../../tools/parity/providers/noiseWeights.ts';
import { unpackWeights } from '../../support/unpackWeights.ts';

const [rows, columns, batch] = [96, 512, 8];
const folder = await mkdtemp(join(tmpdir(), 'playhead-packed-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

/** y = w · x, with w of noise. */
async function layer(format: WeightFormat, name = 'w'): Promise<string> {
  const graph = new Graph('layer', { format, blockSize: 32 });
  const x = graph.input('x', 'float', ['rows', columns]);
  graph.linear(x, new NoiseWeights().get(name, [rows, columns]), null, { output: 'y' });
  graph.output('y', 'float', ['rows', rows]);
  return writeLoneGraph(graph, join(folder, `${format}-${name}`));
}

async function run(file: string, data: Float32Array, options: Partial<OpenOptions> = {}): Promise<Float32Array> {
  const session = await openSession(file, { providers: ['cpu'], ...options });
  const { y } = await session.run({ x: { data, dims: [batch, columns] } }, ['y']);
  await session.close();
  return y.data;
}

/** What WebGPU makes of what it multiplies packed weights with: 8 bits, one scale for 128 values. */
function roundedBy128(values: Float32Array): Float32Array {
  const rounded = new Float32Array(values.length);
  for (let start = 0; start < values.length; start += 128) {
    const block = values.subarray(start, start + 128);
    const step = block.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) / 127;
    block.forEach((value, i) => {
      rounded[start + i] = Math.round(value / step) * step;
    });
  }
  return rounded;
}

interface Lone {
  provider: Provider;
  session: OrtSession;
  close(): Promise<void>;
}

const inputs: Record<string, (value: number, i: number) => number> = {
  even: (value) => value,
  'those that a GELU gives': (value) => Math.max(value * 3, value * 0.02),
  'a few large ones': (value, i) => value * (i % 61 === 0 ? 30 : 1),
  'one that is larger than all others together': (value, i) => value * (i % columns === 7 ? 500 : 1),
};
const values = (kind: string) => noise(batch * columns, 'x').map(inputs[kind] as (value: number, i: number) => number);

describe.each(['int8', 'int4'] as const)('a layer in %s', (format) => {
  it('gives in floats what its unpacked weights give, and rounds as it is stored', async () => {
    const file = await layer(format);
    const weight = await readAll(new NoiseWeights().get('w', [rows, columns]));
    const unpacked = unpackWeights(weight, { rows, columns, bits: format === 'int8' ? 8 : 4, blockSize: 32 });
    const x = values('even');
    const expected = Array.from({ length: batch * rows }, (_, at) => {
      const [position, row] = [Math.floor(at / rows) * columns, (at % rows) * columns];
      let sum = 0; // in 64 bits
      for (let k = 0; k < columns; k++) sum += (x[position + k] as number) * (unpacked[row + k] as number);
      return sum;
    });
    expect(nearness(await run(file, x, { floatProducts: true }), expected).difference).toBeLessThan(1e-5);
    expect(nearness(await run(file, x), expected).difference).toBeGreaterThan(inFloats.difference);
  });

  it.each(Object.keys(inputs))('lets a provider round as WebGPU does, for inputs such as: %s', async (kind) => {
    const file = await layer(format);
    const x = values(kind);
    const exact = await run(file, x, { floatProducts: true });
    const bound = withRounding(nearness(await run(file, x), exact));
    const near = nearness(await run(file, roundedBy128(x), { floatProducts: true }), exact);
    expect(near.difference).toBeGreaterThan(inFloats.difference);
    expect(isWithin(near, bound)).toBe(true);
  });
});

describe('a provider beside the CPU', () => {
  /** "webgpu" is the CPU, with another file. */
  const part = (ofCpu: string, ofGpu: (options: OpenOptions) => string): Part<Lone> => ({
    graph: { file: 'layer.onnx', dataFile: null, weights: 'int8', blockSize: 32 },
    graphFile: ofCpu,
    open: async (options) => {
      const provider = options.providers[0] as Provider;
      const file = provider === 'cpu' ? ofCpu : ofGpu(options);
      const session = await openSession(file, { ...options, providers: ['cpu'] });
      return { provider, session, close: () => session.close() };
    },
    run: async ({ session }) => ({ y: (await session.run(feeds, ['y'])).y.data }),
  });
  const feeds = { x: { data: values('even'), dims: [batch, columns] } };
  const judged = async (wrong: (options: OpenOptions) => boolean) => {
    const [right, other] = [await layer('int8'), await layer('int8', 'other')];
    const compared = part(right, (options) => (wrong(options) ? other : right));
    return compareWithCpu(compared, 'webgpu', await runOnce(compared, 'cpu'));
  };

  it('is believed where it gives the same in floats and rounds as it may', async () => {
    expect(await judged(() => false)).toMatchObject({ isRight: true, reason: null, difference: 0 });
  });

  it.each([
    ['in floats', true],
    ['as they are stored', false],
  ])('is refused where packed weights are multiplied wrongly %s', async (_, whenInFloats) => {
    const finding = await judged(({ floatProducts = false }) => floatProducts === whenInFloats);
    expect(finding).toMatchObject({
      isRight: false,
      reason: expect.stringMatching(/^its numbers \(y\) were \d+ % away/),
    });
  });
});

describe('the bounds', () => {
  it('refuse what fused attention does to a tower, 11 % and 0.9990, beside the rounding of a tower', () => {
    expect(isWithin({ difference: 0.11, cosine: 0.999 }, inFloats)).toBe(false);
    expect(isWithin({ difference: 0.11, cosine: 0.999 }, withRounding({ difference: 1.3e-2, cosine: 0.99995 }))).toBe(
      false,
    );
  });

  it('follow a CPU that rounds little, and never ask for more than of floats', () => {
    const bound = withRounding({ difference: 6e-4, cosine: 1 - 1e-7 });
    expect(isWithin({ difference: 1.7e-3, cosine: 0.999995 }, bound)).toBe(true);
    expect(isWithin({ difference: 1.9e-3, cosine: 0.999995 }, bound)).toBe(false);
    expect(withRounding({ difference: 2e-5, cosine: 1 }).difference).toBe(inFloats.difference);
  });

  it('take a tenth for rounding where the CPU does not round, so that there is nothing to measure it by', () => {
    const bound = withRounding({ difference: 1e-6, cosine: 1 });
    expect(isWithin({ difference: 0.05, cosine: 0.999 }, bound)).toBe(true);
    expect(isWithin({ difference: 0.5, cosine: 0.9 }, bound)).toBe(false);
  });
});
