/**
 * KV caches that stay in the adapter's memory from one run to the next. A run writes its new keys and values into room
 * that is there already, and `ScatterND` appends them in place: nothing of the cache crosses or is copied.
 *
 * ONNX Runtime for Node 1.30 takes a preallocated place on the device for an output only from sessions that were opened
 * without a preferred place for outputs, and with exactly the output's shape.
 */
import PQueue from 'p-queue';
import { appendGraph, carryGraph, growGraph, roomGraph } from './deviceGraphs.ts';
import { adapterLost, DeviceKvCache, isAdapterLost } from './deviceKvCache.ts';
import type { KvCache, KvShape } from './kvCache.ts';
import { type DeviceGraph, openDeviceGraph } from './onnxRuntime.ts';
import type { DeviceTensor, FloatTensor } from './tensors.ts';

/** Growing copies one tensor after the other within the adapter's memory; room that is not filled is scored, too. */
const CAPACITY_STEP = 256;

type Tensors = Record<string, DeviceTensor>;
type CacheGraphs = Record<'room' | 'grow' | 'append' | 'upload' | 'download', DeviceGraph>;

export class DeviceCaches {
  /** Set when a run failed: what the adapter held cannot be told from noise. */
  readonly adapter = { isLost: false };
  /** The room for new keys and values is one for all caches: runs take turns. */
  readonly #turns = new PQueue({ concurrency: 1 });
  readonly #shape: KvShape;
  readonly #graphs: CacheGraphs;
  #added: { positions: number; tensors: Tensors } = { positions: 0, tensors: {} };

  private constructor(shape: KvShape, graphs: CacheGraphs) {
    this.#shape = shape;
    this.#graphs = graphs;
  }

  /** @throws what ONNX Runtime says where the provider cannot do this */
  static async open(provider: 'webgpu', shape: KvShape): Promise<DeviceCaches> {
    const open = (graph: Uint8Array, outputs: 'stay' | 'return' | 'in place') =>
      openDeviceGraph(graph, { provider, outputs });
    return new DeviceCaches(shape, {
      room: await open(roomGraph(), 'stay'),
      grow: await open(growGraph(), 'stay'),
      append: await open(appendGraph(namesOf(shape)), 'in place'),
      upload: await open(carryGraph(), 'stay'),
      download: await open(carryGraph(), 'return'),
    });
  }

  create(): DeviceKvCache {
    return new DeviceKvCache(this.adapter);
  }

  /**
   * Runs what reads the cache and gives `positions` new keys and values, and appends them.
   * @param run gets the cache's tensors and those that the new keys and values belong into, by names as "0.key"
   */
  extend<T>(cache: DeviceKvCache, positions: number, run: (past: Tensors, added: Tensors) => Promise<T>): Promise<T> {
    return this.#inTurn(async () => {
      await this.#ensureCapacity(cache, cache.length + positions);
      const added = await this.#roomFor(positions);
      const result = await run(cache.tensors, added);
      const { kvHeads } = this.#shape;
      const places = { data: placesOf(cache.length, positions, kvHeads), dims: [1, kvHeads, positions, 3] };
      const named = (kind: string, tensors: Tensors) =>
        Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [`${kind}.${name}`, tensor]));
      const feeds = { places, ...named('past', cache.tensors), ...named('new', added) };
      await this.#graphs.append.run(feeds, [], named('all', cache.tensors));
      cache.length += positions;
      return result;
    });
  }

  /** A copy in the host's memory, of all that is filled. */
  download(cache: DeviceKvCache, length = cache.length): Promise<KvCache> {
    return this.#inTurn(async () => {
      const { capacity, tensors } = cache;
      const layers = Array.from({ length: this.#shape.layers }, (): KvCache['layers'][number] => ({}));
      for (const [layer, values] of layers.entries())
        for (const part of ['key', 'value']) {
          const here = tensors[`${layer}.${part}`] as DeviceTensor;
          const { there } = await this.#graphs.download.run({ here }, ['there']);
          values[part] = (there as FloatTensor).data;
        }
      return { length, capacity, layers };
    });
  }

  /** The same cache in the adapter's memory. */
  upload({ layers, capacity, length }: KvCache): Promise<DeviceKvCache> {
    return this.#inTurn(async () => {
      const { kvHeads, headDim } = this.#shape;
      const cache = this.create();
      for (const [layer, values] of layers.entries())
        for (const part of ['key', 'value']) {
          const here = { data: values[part] as Float32Array, dims: [1, kvHeads, capacity, headDim] };
          const { there } = await this.#graphs.upload.run({ here }, ['there']);
          cache.tensors[`${layer}.${part}`] = there as DeviceTensor;
        }
      return Object.assign(cache, { capacity, length });
    });
  }

  async close(): Promise<void> {
    await this.#turns.onIdle();
    for (const tensor of Object.values(this.#added.tensors)) tensor.dispose();
    for (const graph of Object.values(this.#graphs)) await graph.close();
  }

  async #ensureCapacity(cache: DeviceKvCache, positions: number): Promise<void> {
    if (positions <= cache.capacity) return;
    const capacity = Math.ceil(positions / CAPACITY_STEP) * CAPACITY_STEP;
    for (const name of namesOf(this.#shape)) {
      const past = cache.tensors[name];
      cache.tensors[name] = past ? await this.#grow(past, capacity - cache.capacity) : await this.#room(capacity);
      past?.dispose();
    }
    cache.capacity = capacity;
  }

  async #grow(past: DeviceTensor, by: number): Promise<DeviceTensor> {
    const pads = { data: BigInt64Array.of(0n, 0n, 0n, 0n, 0n, 0n, BigInt(by), 0n), dims: [8] };
    return (await this.#graphs.grow.run({ past, pads }, ['grown'])).grown as DeviceTensor;
  }

  async #room(positions: number): Promise<DeviceTensor> {
    const { kvHeads, headDim } = this.#shape;
    const shape = { data: BigInt64Array.from([1, kvHeads, positions, headDim], BigInt), dims: [4] };
    const value = { data: Float32Array.of(0), dims: [1] };
    return (await this.#graphs.room.run({ value, shape }, ['room'])).room as DeviceTensor;
  }

  /** Kept as long as runs have the same number of positions, as decoding has. */
  async #roomFor(positions: number): Promise<Tensors> {
    if (this.#added.positions === positions) return this.#added.tensors;
    for (const tensor of Object.values(this.#added.tensors)) tensor.dispose();
    this.#added = { positions: 0, tensors: {} };
    for (const name of namesOf(this.#shape)) this.#added.tensors[name] = await this.#room(positions);
    this.#added.positions = positions;
    return this.#added.tensors;
  }

  /** Whatever fails in the adapter's memory costs all of it. */
  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turns.add(async () => {
      if (this.adapter.isLost) throw adapterLost();
      return work().catch((thrown: unknown) => {
        this.adapter.isLost = true;
        throw isAdapterLost(thrown) ? thrown : adapterLost(thrown);
      });
    });
    return done as Promise<T>;
  }
}

/** One for each tensor of a cache. */
function namesOf({ layers }: KvShape): string[] {
  return Array.from({ length: layers }, (_, layer) => [`${layer}.key`, `${layer}.value`]).flat();
}

/** Where each new row goes: (0, head, position), heads first. */
function placesOf(length: number, positions: number, kvHeads: number): BigInt64Array {
  const places = new BigInt64Array(kvHeads * positions * 3);
  for (let head = 0; head < kvHeads; head++)
    for (let position = 0; position < positions; position++)
      places.set([0n, BigInt(head), BigInt(length + position)], (head * positions + position) * 3);
  return places;
}
