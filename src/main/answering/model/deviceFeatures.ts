/**
 * What networks hand to each other while they all run on the adapter: features and tokens are joined, cut and checked
 * where they are. Whoever gets a tensor here disposes it.
 */
import { featureGraphs } from './deviceGraphs.ts';
import { type DeviceGraph, openDeviceGraph } from './onnxRuntime.ts';
import { DeviceTensor, type Feeds, type FloatTensor } from './tensors.ts';

type Kind = keyof typeof featureGraphs;

export class DeviceFeatures {
  readonly #provider: 'webgpu';
  /** By kind, number of dimensions and number of inputs; opened when first needed. */
  readonly #graphs = new Map<string, Promise<DeviceGraph>>();

  constructor(provider: 'webgpu') {
    this.#provider = provider;
  }

  /** Room that a network may write an output of these sizes to. */
  room(dims: readonly number[]): Promise<DeviceTensor> {
    const value = { data: Float32Array.of(0), dims: [1] };
    return this.#make('room', dims.length, { value, shape: whole(dims) });
  }

  upload(here: FloatTensor): Promise<DeviceTensor> {
    return this.#make('carry', here.dims.length, { here });
  }

  /** (a, …), (b, …), … to (a + b + …, …) */
  join(parts: readonly DeviceTensor[]): Promise<DeviceTensor> {
    const feeds = Object.fromEntries(parts.map((part, i) => [`part${i}`, part]));
    return this.#make('join', parts[0]?.dims.length ?? 0, feeds);
  }

  /** Those of `from` (n, …) with these numbers, each as often as it is named. */
  pick(from: DeviceTensor, indices: readonly number[]): Promise<DeviceTensor> {
    return this.#make('pick', from.dims.length, { from, indices: whole(indices) });
  }

  /** @param from (n, D); @returns (1, count, D) */
  rows(from: DeviceTensor, start: number, end: number): Promise<DeviceTensor> {
    return this.#make('rows', from.dims.length, { from, start: whole([start]), end: whole([end]), axis: whole([0]) });
  }

  /** A sum is finite where all that was added is: of the tensor, four bytes come back. */
  async isFinite(values: DeviceTensor): Promise<boolean> {
    const graph = await this.#graph('sum', values.dims.length, 1);
    const { made } = await graph.run({ values }, ['made']);
    return made !== undefined && 'data' in made && Number.isFinite(made.data[0]);
  }

  /** The same, or null: what is not finite is given back. */
  async finiteOnly(values: DeviceTensor): Promise<DeviceTensor | null> {
    if (await this.isFinite(values)) return values;
    values.dispose();
    return null;
  }

  async close(): Promise<void> {
    for (const graph of this.#graphs.values()) await (await graph).close();
    this.#graphs.clear();
  }

  async #make(kind: Kind, dimensions: number, feeds: Feeds): Promise<DeviceTensor> {
    const graph = await this.#graph(kind, dimensions, Object.keys(feeds).length);
    return (await graph.run(feeds, ['made'])).made as DeviceTensor;
  }

  #graph(kind: Kind, dimensions: number, inputs: number): Promise<DeviceGraph> {
    const key = `${kind} ${dimensions} ${inputs}`;
    const known = this.#graphs.get(key);
    if (known) return known;
    const outputs = kind === 'sum' ? 'return' : 'stay';
    const opened = openDeviceGraph(featureGraphs[kind](dimensions, inputs), { provider: this.#provider, outputs });
    this.#graphs.set(key, opened);
    return opened;
  }
}

/** Gives tensors back, whatever they are. */
export function disposeAll(tensors: Iterable<DeviceTensor | FloatTensor | null>): void {
  for (const tensor of tensors) if (tensor instanceof DeviceTensor) tensor.dispose();
}

/** Runs what writes to a place; one that is not written is given back. */
export async function intoPlace(place: DeviceTensor, run: () => Promise<unknown>): Promise<DeviceTensor> {
  try {
    await run();
    return place;
  } catch (thrown) {
    place.dispose();
    throw thrown;
  }
}

function whole(values: readonly number[]) {
  return { data: BigInt64Array.from(values, BigInt), dims: [values.length] };
}
