/**
 * node bench/deviceDecode.ts [positions] [layers]: one token after so many positions on webgpu, the cache fed from the host and
 * kept on the adapter, in one run: bytes that cross, milliseconds, and how far the logits are apart.
 *
 * Cache and vocabulary are those of VideoLLaMA2.1-7B (28 layers, 4 heads of 128, 152,064 words); all else is narrow, so
 * that what is measured is what moves.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bytesOf, type CacheKeeper, openCacheKeeper } from '../src/main/answering/model/cacheKeeper.ts';
import { cacheShapeOf } from '../src/main/answering/model/cacheTensors.ts';
import { takeCrossings } from '../src/main/answering/model/crossings.ts';
import { describeGraphics } from '../src/main/answering/model/graphicsDevice.ts';
import { createKvCache, ensureCapacity, type KvCache } from '../src/main/answering/model/kvCache.ts';
import { nearness } from '../src/main/answering/model/nearness.ts';
import { holdProvider, openSession } from '../src/main/answering/model/session.ts';
import { decoderGraph } from '../src/main/importing/networks/decoder.ts';
import { writeLoneGraph } from '../tools/parity/providers/comparePiece.ts';
import { NoiseWeights, noise } from '../tools/parity/providers/noiseWeights.ts';
import { offerSoftwareAdapter } from '../tools/parity/webgpu.ts';

const language = {
  family: 'qwen2',
  hiddenSize: 16,
  intermediateSize: 16,
  layers: Number(process.argv[3] ?? 28),
  heads: 28,
  kvHeads: 4,
  headDim: 128,
  vocabSize: 152_064,
  maxPositions: 4096,
  ropeTheta: 1e6,
  rmsNormEps: 1e-6,
  tieWordEmbeddings: false,
  eosTokenIds: [],
  bosTokenId: null,
} as const;
const STEPS = 2;
const positions = Number(process.argv[2] ?? 2900);

offerSoftwareAdapter();
const { refused, release } = await holdProvider('webgpu');
if (refused !== null) {
  console.error(refused);
  process.exit(1);
}
console.log(await describeGraphics());
const folder = await mkdtemp(join(tmpdir(), 'playhead-decode-'));
const options = { attentionWindow: () => null, kvCache: 'fp32' } as const;
const graph = decoderGraph(new NoiseWeights(), { ...language, eosTokenIds: [] }, options, {
  format: 'fp32',
  blockSize: 32,
});
const file = await writeLoneGraph(graph, folder);
const session = await openSession(file, { providers: ['webgpu'], onNotice: console.error });
const shape = cacheShapeOf(session, { ...language, eosTokenIds: [] });
const onDevice = await openCacheKeeper(session, shape);
const onHost = await openCacheKeeper({ ...session, provider: 'cpu' }, shape);

const ways = { 'fed from the host': onHost, 'kept on the adapter': onDevice };
const last: Float32Array[] = [];
for (const [way, keeper] of Object.entries(ways)) last.push(await measure(way, keeper));
console.log('logits apart:', nearness(last[1] as Float32Array, last[0] as Float32Array));
await onDevice.close();
await session.close();
await release();
await rm(folder, { recursive: true, force: true });

/** Noise in place of what a prompt would leave. */
function filledCache(): KvCache {
  const cache = createKvCache(shape);
  ensureCapacity(cache, shape, positions);
  for (const [i, layer] of cache.layers.entries())
    for (const [part, values] of Object.entries(layer)) values.set(noise(values.length, `${part} of ${i}`));
  return { ...cache, length: positions };
}

/** @returns the last logits */
async function measure(way: string, keeper: CacheKeeper): Promise<Float32Array> {
  const cache = await keeper.fromHost(filledCache());
  const read = () =>
    keeper.extend(cache, 1, {
      inputs_embeds: { data: noise(language.hiddenSize, `at ${cache.length}`), dims: [1, 1, language.hiddenSize] },
      past_length: { data: BigInt64Array.of(BigInt(cache.length)), dims: [] },
    });
  let logits = await read(); // compiles, and makes the room for one position
  takeCrossings();
  const times: number[] = [];
  for (let step = 0; step < STEPS; step++) {
    const start = performance.now();
    logits = Float32Array.from(await read());
    times.push(performance.now() - start);
  }
  const { toDevice, toHost, onDevice } = takeCrossings();
  const kilobytes = (bytes: number) => `${(bytes / STEPS / 1e3).toFixed(1)} KB`;
  console.log(
    `${way}: cache ${(bytesOf(cache) / 1e6).toFixed(0)} MB; a token: to the adapter ${kilobytes(toDevice)},`,
    `back ${kilobytes(toHost)}, copied on it ${kilobytes(onDevice)}; ${Math.min(...times).toFixed(0)} ms`,
  );
  return logits;
}
