/** The one file that knows ONNX Runtime: sessions are made and run here, and what crosses to a device is counted. */
import type * as Ort from 'onnxruntime-node';
import { crossings } from './crossings.ts';
import { DeviceTensor, type Feeds, type FloatTensor, type TensorLike } from './tensors.ts';

// Since 1.29 the official builds send usage data to their maker unless this is set before the library is loaded.
process.env.ORT_DISABLE_TELEMETRY = '1';
const ort = await import('onnxruntime-node');

/** Of ONNX Runtime. */
export const runtimeVersion = ort.env.versions.node ?? ort.env.versions.common;

export interface GraphInput {
  type: string;
  /** Those that may vary are names. */
  dims: readonly (number | string)[];
}

export type Provider = 'cpu' | 'webgpu';

export interface Opened {
  provider: Provider;
  session: Ort.InferenceSession;
  /** True where nothing is computed, and tensors are only moved. */
  isCopy?: boolean;
}

/** True when at least this provider's code is part of the installed ONNX Runtime; it may still fail on this machine. */
export function isBundled(name: string): name is Provider {
  return (name === 'cpu' || name === 'webgpu') && ort.listSupportedBackends().some((backend) => backend.name === name);
}

/** @param graph a file, or the bytes of one */
export async function createSession(
  graph: string | Uint8Array,
  provider: Provider,
  settings: Ort.InferenceSession.SessionOptions = {},
): Promise<Opened> {
  // Errors alone are logged: they come back as exceptions, too.
  const all = { logSeverityLevel: 3 as const, ...settings, executionProviders: [provider] };
  const create = ort.InferenceSession.create;
  return { provider, session: await (typeof graph === 'string' ? create(graph, all) : create(graph, all)) };
}

/** What is written to a place comes back as a second hold on it, which is given back at once. */
export async function runGraph(
  { provider, session, isCopy = false }: Opened,
  feeds: Feeds,
  outputs: readonly string[],
  places: Record<string, DeviceTensor>,
): Promise<Record<string, DeviceTensor | FloatTensor>> {
  const inputs = Object.fromEntries(Object.entries(feeds).map(([name, tensor]) => [name, toOrtTensor(tensor)]));
  const fetches = Object.fromEntries<Ort.Tensor | null>(outputs.map((name) => [name, null]));
  for (const [name, place] of Object.entries(places)) fetches[name] = toOrtTensor(place);
  const results = (await session.run(inputs, fetches)) as Record<string, Ort.Tensor>;
  if (provider !== 'cpu') count(inputs, results, { places: Object.values(places), isCopy });
  for (const name of Object.keys(places)) results[name]?.dispose();
  return Object.fromEntries(outputs.map((name) => [name, fromOrtTensor(results[name] as Ort.Tensor)]));
}

/** By where each tensor really lies. What a graph that only moves tensors reads on the device and writes there is a copy, unless it is one place. */
function count(
  inputs: Record<string, Ort.Tensor>,
  results: Record<string, Ort.Tensor>,
  { places, isCopy }: { places: readonly DeviceTensor[]; isCopy: boolean },
): void {
  const onHost = (tensors: readonly Ort.Tensor[]) => tensors.filter(({ location }) => location === 'cpu');
  const [given, returned] = [Object.values(inputs), onHost(Object.values(results))];
  crossings.toDevice += bytesOf(onHost(given));
  crossings.toHost += bytesOf(returned);
  if (!isCopy) return;
  const written = new Set(places.map(toOrtTensor));
  const read = given.filter((tensor) => tensor.location !== 'cpu' && !written.has(tensor));
  // Of what is appended or cut, only that is moved.
  crossings.onDevice += Math.min(bytesOf(read), bytesOf(Object.values(results)) - bytesOf(returned));
}

function bytesOf(tensors: readonly Ort.Tensor[]): number {
  const valueBytes: Record<string, number> = { float32: 4, int32: 4, int64: 8, uint8: 1 };
  return tensors.reduce((sum, { size, type }) => sum + size * (valueBytes[type] ?? 4), 0);
}

export interface DeviceGraph {
  run(
    feeds: Feeds,
    outputs: readonly string[],
    places?: Record<string, DeviceTensor>,
  ): Promise<Record<string, DeviceTensor | FloatTensor>>;
  close(): Promise<void>;
}

/**
 * A small graph of our own on the provider that holds the tensors; nothing takes over when it fails.
 * @param outputs whether what it gives stays in the adapter's memory, returns, or is written to places that are named
 * in each run: ONNX Runtime heeds those only where no place is preferred
 * @param isQuiet for what is only tried: a failure of it is not logged
 */
export async function openDeviceGraph(
  graph: Uint8Array,
  {
    provider,
    outputs,
    isQuiet = false,
  }: { provider: Provider; outputs: 'stay' | 'return' | 'in place'; isQuiet?: boolean },
): Promise<DeviceGraph> {
  const log = isQuiet ? { logSeverityLevel: 4 as const } : {};
  const opened = await createSession(
    graph,
    provider,
    outputs === 'stay' ? { ...log, preferredOutputLocation: 'gpu-buffer' } : log,
  );
  return {
    run: (feeds, names, places = {}) => runGraph({ ...opened, isCopy: true }, feeds, names, places),
    close: () => opened.session.release(),
  };
}

function fromOrtTensor(tensor: Ort.Tensor): DeviceTensor | FloatTensor {
  if (tensor.location !== 'cpu') return new DeviceTensor(tensor);
  return { data: tensor.data as Float32Array, dims: tensor.dims };
}

/** What the graph takes, by name. */
export function graphInputs({ session }: Opened): Map<string, GraphInput> {
  return new Map(
    session.inputMetadata.flatMap((input) =>
      input.isTensor ? [[input.name, { type: input.type, dims: input.shape }]] : [],
    ),
  );
}

function toOrtTensor(given: TensorLike | DeviceTensor): Ort.Tensor {
  if (given instanceof DeviceTensor) return given.tensor as Ort.Tensor;
  const { data, dims } = given;
  if (data instanceof Int32Array) return new ort.Tensor('int32', data, dims);
  if (data instanceof BigInt64Array) return new ort.Tensor('int64', data, dims);
  if (data instanceof Uint8Array) return new ort.Tensor('uint8', data, dims);
  return new ort.Tensor('float32', data, dims);
}
