/** What is measured, one row each: towers, connector, prefill and decode, on the CPU and on the adapter. */
import { join } from 'node:path';
import { openCacheKeeper } from '../../src/main/answering/model/cacheKeeper.ts';
import { cacheShapeOf } from '../../src/main/answering/model/cacheTensors.ts';
import { type Crossings, takeCrossings } from '../../src/main/answering/model/crossings.ts';
import { createKvCache, ensureCapacity, type KvShape } from '../../src/main/answering/model/kvCache.ts';
import type { Outputs, Part } from '../../src/main/answering/model/look/compareProviders.ts';
import {
  type OpenOptions,
  type OrtSession,
  openSession,
  type TensorLike,
} from '../../src/main/answering/model/session.ts';
import { beatsGraph, melBins } from '../../src/main/importing/networks/beats.ts';
import { connectorGraph } from '../../src/main/importing/networks/connectorGraph.ts';
import { decoderGraph } from '../../src/main/importing/networks/decoder.ts';
import { visionGraph } from '../../src/main/importing/networks/visionGraph.ts';
import type { Graph } from '../../src/main/importing/onnx/graph.ts';
import type { WeightFormat } from '../../src/main/models/bundleManifest.ts';
import { writeLoneGraph } from '../../tools/parity/providers/comparePiece.ts';
import { NoiseWeights, noise } from '../../tools/parity/providers/noiseWeights.ts';
import type { Shapes } from './shapes.ts';

/** A network that is opened, and what of it is run. */
interface Network {
  readonly provider: OrtSession['provider'];
  run(): Promise<Outputs>;
  close(): Promise<void>;
}

export interface Measured {
  name: string;
  /** Layers that the whole model has for each that is run here. */
  scale: number;
  part: Part<Network>;
  /** Bytes that crossed in the last run on the adapter. */
  crossed(): Crossings;
}

/** How a network's graph is made, and what becomes of the session that is opened with it. */
interface Recipe {
  name: string;
  scale?: number;
  weights: WeightFormat;
  graph(): Graph;
  prepare(session: OrtSession): Promise<() => Promise<Outputs>> | (() => Promise<Outputs>);
}

const BLOCK = 32;

/** Its graph is written now, which takes seconds at true width. */
export async function writePart(recipe: Recipe, folder: string): Promise<Measured> {
  const graphFile = await writeLoneGraph(recipe.graph(), join(folder, recipe.name.replaceAll(/\W+/g, '-')));
  let crossed: Crossings = { toDevice: 0, toHost: 0, onDevice: 0 };
  const open = async (options: OpenOptions): Promise<Network> => {
    const session = await openSession(graphFile, options);
    const run = await recipe.prepare(session);
    return {
      get provider() {
        return session.provider;
      },
      async run() {
        takeCrossings();
        const outputs = await run();
        if (session.provider !== 'cpu') crossed = takeCrossings();
        return outputs;
      },
      close: () => session.close(),
    };
  };
  const blockSize = recipe.weights === 'fp32' || recipe.weights === 'fp16' ? null : BLOCK;
  const graph = { file: graphFile, dataFile: null, weights: recipe.weights, blockSize };
  const part = { open, run: (network: Network) => network.run(), graph, graphFile };
  return { name: recipe.name, scale: recipe.scale ?? 1, part, crossed: () => crossed };
}

/** What a person waits for most comes first: a slow machine may not come to the end. */
export function recipes(shapes: Shapes): Recipe[] {
  const { tower, audio, connector, language, wholeLayers, positions, weights } = shapes;
  const options = (format: WeightFormat) => ({ format, blockSize: BLOCK });
  const decoder = () =>
    decoderGraph(
      new NoiseWeights(),
      language,
      { attentionWindow: () => null, kvCache: 'fp32' },
      options(weights.language),
    );
  const languageScale = wholeLayers.language / language.layers;
  const { imageSize } = tower;
  return [
    {
      name: `decode a token after ${positions.past}`,
      ...{ scale: languageScale, weights: weights.language, graph: decoder },
      prepare: (session) => decodeAfter(session, shapes),
    },
    {
      name: `prefill ${positions.prefill} positions`,
      ...{ scale: languageScale, weights: weights.language, graph: decoder },
      prepare: (session) => prefill(session, shapes),
    },
    {
      name: 'vision tower, a frame',
      ...{ scale: wholeLayers.vision / tower.layers, weights: weights.towers },
      graph: () => visionGraph(new NoiseWeights(), tower, -1, options(weights.towers)),
      prepare: (session) => plainRun(session, { pixel_values: floats('pixels', [1, 3, imageSize, imageSize]) }),
    },
    {
      name: 'audio tower, a window',
      ...{ scale: wholeLayers.audio / audio.layers, weights: weights.towers },
      graph: () => beatsGraph(new NoiseWeights(), audio, options(weights.towers)),
      prepare: (session) => plainRun(session, { fbank: floats('fbank', [1, shapes.fbankFrames, melBins]) }),
    },
    {
      name: `connector, ${connector.frames} frames`,
      weights: weights.towers,
      graph: () => connectorGraph(new NoiseWeights(), 'stc_connector_v35', connector, options(weights.towers)),
      prepare: (session) =>
        plainRun(session, {
          vision_features: floats('features', [connector.frames, connector.grid ** 2, connector.inSize]),
        }),
    },
  ];
}

const outputNames = { pixel_values: 'vision_features', fbank: 'audio_features', vision_features: 'video_tokens' };

function plainRun(session: OrtSession, feeds: Record<string, TensorLike>): () => Promise<Outputs> {
  const output = outputNames[Object.keys(feeds)[0] as keyof typeof outputNames];
  return async () => ({ [output]: (await session.run(feeds, [output]))[output]?.data as Float32Array });
}

async function decodeAfter(session: OrtSession, { language, positions }: Shapes): Promise<() => Promise<Outputs>> {
  const shape = cacheShapeOf(session, language);
  const keeper = await openCacheKeeper(session, shape);
  const cache = await keeper.fromHost(filledCache(shape, positions.past));
  return async () => {
    cache.length = positions.past;
    const logits = await keeper.extend(cache, 1, embedded(1, positions.past, language.hiddenSize));
    return { logits: Float32Array.from(logits) };
  };
}

async function prefill(session: OrtSession, { language, positions }: Shapes): Promise<() => Promise<Outputs>> {
  const keeper = await openCacheKeeper(session, cacheShapeOf(session, language));
  const cache = keeper.newCache();
  return async () => {
    cache.length = 0;
    const logits = await keeper.extend(cache, positions.prefill, embedded(positions.prefill, 0, language.hiddenSize));
    return { logits: Float32Array.from(logits) };
  };
}

/** Noise in place of what a prompt would leave. */
function filledCache(shape: KvShape, positions: number) {
  const cache = createKvCache(shape);
  ensureCapacity(cache, shape, positions + 1);
  for (const [i, layer] of cache.layers.entries())
    for (const [part, values] of Object.entries(layer)) values.set(noise(values.length, `${part} of ${i}`));
  return { ...cache, length: positions };
}

function embedded(rows: number, past: number, width: number): Record<string, TensorLike> {
  return {
    inputs_embeds: floats(`embeddings after ${past}`, [1, rows, width]),
    past_length: { data: BigInt64Array.of(BigInt(past)), dims: [] },
  };
}

function floats(seed: string, dims: number[]): TensorLike {
  return {
    data: noise(
      dims.reduce((product, size) => product * size, 1),
      seed,
    ),
    dims,
  };
}
