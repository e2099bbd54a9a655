/**
 * The one door to ONNX Runtime. A graph is opened with the first provider that works, found by trying; a provider
 * that fails later, or gives NaN or Infinity, is replaced by the CPU in the middle of the work, with a notice.
 */
import { dirname } from 'node:path';
import type * as Ort from 'onnxruntime-node';
import { PlayheadError } from '../../../contract/errors.ts';
import { withFloatProducts } from './floatProducts.ts';
import { notFinite } from './notFinite.ts';
import { physicalCores } from './physicalCores.ts';

// Since 1.29 the official builds send usage data to their maker unless this is set before the library is loaded.
process.env.ORT_DISABLE_TELEMETRY = '1';
const ort = await import('onnxruntime-node');

/** Of ONNX Runtime. */
export const runtimeVersion = ort.env.versions.node ?? ort.env.versions.common;

export interface TensorLike {
  data: Float32Array | Int32Array | BigInt64Array | Uint8Array;
  dims: readonly number[];
}

export interface GraphInput {
  type: string;
  /** Those that may vary are names. */
  dims: readonly (number | string)[];
}

export type Provider = 'cpu' | 'webgpu';

export interface OrtSession {
  /** The one in use now. */
  readonly provider: Provider;
  readonly inputs: ReadonlyMap<string, GraphInput>;
  /**
   * Runs the graph once. It blocks this thread between two turns of the event loop.
   * @param outputs names of the outputs to return
   * @throws PlayheadError `model-invalid` when even the CPU fails or gives numbers that are not finite
   */
  run<Name extends string>(
    feeds: Record<string, TensorLike>,
    outputs: readonly Name[],
  ): Promise<Record<Name, FloatTensor>>;
  close(): Promise<void>;
}

export interface FloatTensor {
  data: Float32Array;
  dims: readonly number[];
}

export interface OpenOptions {
  /** Tried in this order, the CPU always last. Names that this build does not know are refused with a notice. */
  providers: readonly string[];
  /** Providers that were tried and refused, in words. */
  onNotice?: (notice: string) => void;
  /**
   * Stands around the first run of every size on a provider other than the CPU: it may end the process.
   * @see LookRecord.guard
   */
  guard?: <T>(run: () => Promise<T>) => Promise<T>;
  /** Computing threads; the machine's physical cores when left out. */
  threads?: number;
  /** Packed weights are multiplied with floats, which is exact and slow: for comparing providers. */
  floatProducts?: boolean;
}

interface Opened {
  provider: Provider;
  session: Ort.InferenceSession;
}

/**
 * @param graphFile an ONNX file, its external data beside it
 * @throws PlayheadError `model-invalid` when no provider can open it
 */
export async function openSession(graphFile: string, options: OpenOptions): Promise<OrtSession> {
  const notify = options.onNotice ?? (() => {});
  let opened = await openWithFirst(graphFile, options, notify);
  const survived = new Set<string>();

  const fallBack = async (reason: string) => {
    notify(`${opened.provider} ${reason} in ${fileName(graphFile)}; the CPU took over.`);
    await opened.session.release();
    opened = await openWith('cpu', graphFile, options);
  };

  return {
    get provider() {
      return opened.provider;
    },
    inputs: graphInputs(opened.session),
    async run(feeds, outputs) {
      if (opened.provider !== 'cpu') {
        const run = () => runOnce(opened.session, feeds, outputs).catch((cause: unknown) => String(cause));
        const sizes = JSON.stringify(Object.values(feeds).map(({ dims }) => dims));
        const result = await (options.guard && !survived.has(sizes) ? options.guard(run) : run());
        survived.add(sizes);
        if (typeof result !== 'string' && notFinite(result) === null) return result;
        await fallBack(
          typeof result === 'string' ? `failed (${firstLine(result)})` : 'gave numbers that are not finite',
        );
      }
      return runOnCpu(opened.session, graphFile, feeds, outputs);
    },
    close: () => opened.session.release(),
  };
}

/** An ONNX file of one operator: y = -x, one float. */
const smallestGraph = 'CAoSADo3ChAKAXgSAXkaAW4iA05lZzoAEgFnWg8KAXgSCgoICAESBAoCCAFiDwoBeRIKCggIARIECgIIAUIECgAQEg==';

export interface HeldProvider {
  /** In words why it cannot be used here; null when it can. */
  refused: string | null;
  release(): Promise<void>;
}

/**
 * Tries a provider on next to nothing, and keeps it ready: WebGPU forgets what it compiled (seconds of work) when its
 * last session is closed, so that of several networks opened one after the other each would compile all of it again.
 */
export async function holdProvider(provider: string): Promise<HeldProvider> {
  const refused = (reason: string) => ({ refused: reason, release: async () => {} });
  if (!isBundled(provider)) return refused(`${provider} is not part of this build`);
  try {
    const bytes = Buffer.from(smallestGraph, 'base64');
    const session = await ort.InferenceSession.create(bytes, { executionProviders: [provider], logSeverityLevel: 3 });
    return { refused: null, release: () => session.release() };
  } catch (cause) {
    return refused(whyNot(provider, 'anything', String(cause)));
  }
}

/** True when at least this provider's code is part of the installed ONNX Runtime; it may still fail on this machine. */
function isBundled(name: string): name is Provider {
  return (name === 'cpu' || name === 'webgpu') && ort.listSupportedBackends().some((backend) => backend.name === name);
}

async function openWithFirst(graphFile: string, options: OpenOptions, notify: (text: string) => void): Promise<Opened> {
  for (const name of options.providers.filter((provider) => provider !== 'cpu')) {
    if (!isBundled(name)) {
      notify(`${name} is not part of this build; the next provider is tried.`);
      continue;
    }
    try {
      return await openWith(name, graphFile, options);
    } catch (cause) {
      notify(whyNot(name, graphFile, String(cause)));
    }
  }
  return openWith('cpu', graphFile, options);
}

/** Of a machine without an adapter the same for every graph. */
function whyNot(provider: string, graphFile: string, cause: string): string {
  if (/Failed to get a WebGPU adapter/.test(cause)) return `${provider} found no graphics adapter that it can use`;
  return `${provider} could not be used for ${fileName(graphFile)}: ${firstLine(cause)}`;
}

async function openWith(provider: Provider, graphFile: string, options: OpenOptions): Promise<Opened> {
  try {
    const settings: Ort.InferenceSession.SessionOptions = {
      executionProviders: [provider],
      graphOptimizationLevel: 'all',
      intraOpNumThreads: options.threads ?? physicalCores(),
      logSeverityLevel: 3, // errors alone: they come back as exceptions, too
      // The lengths of prompts differ from run to run: a plan of memory for one of them is worth nothing for the next.
      enableMemPattern: false,
    };
    if (!options.floatProducts) return { provider, session: await ort.InferenceSession.create(graphFile, settings) };
    const extra = { session: { model_external_initializers_file_folder_path: dirname(graphFile) } };
    const graph = await withFloatProducts(graphFile);
    return { provider, session: await ort.InferenceSession.create(graph, { ...settings, extra }) };
  } catch (cause) {
    if (provider !== 'cpu') throw cause;
    throw new PlayheadError(
      {
        code: 'model-invalid',
        message: 'A network of this model could not be opened.',
        hint: 'Import or download the model again.',
        file: graphFile,
      },
      { cause },
    );
  }
}

async function runOnCpu<Name extends string>(
  session: Ort.InferenceSession,
  graphFile: string,
  feeds: Record<string, TensorLike>,
  outputs: readonly Name[],
): Promise<Record<Name, FloatTensor>> {
  const result = await runOnce(session, feeds, outputs).catch((cause: unknown) => {
    throw new PlayheadError(
      { code: 'model-invalid', message: 'A network of this model failed on its input.', file: graphFile },
      { cause },
    );
  });
  const broken = notFinite(result);
  if (broken === null) return result;
  throw new PlayheadError({
    code: 'model-invalid',
    message: `A network of this model gave numbers that are not finite (${broken}).`,
    hint: 'Its weights are damaged, or overflow: import or download the model again.',
    file: graphFile,
  });
}

async function runOnce<Name extends string>(
  session: Ort.InferenceSession,
  feeds: Record<string, TensorLike>,
  outputs: readonly Name[],
): Promise<Record<Name, FloatTensor>> {
  const inputs = Object.fromEntries(Object.entries(feeds).map(([name, tensor]) => [name, toOrtTensor(tensor)]));
  const results = await session.run(inputs, outputs);
  const wanted = {} as Record<Name, FloatTensor>;
  for (const name of outputs) {
    const tensor = results[name] as Ort.Tensor;
    wanted[name] = { data: tensor.data as Float32Array, dims: tensor.dims };
  }
  return wanted;
}

function graphInputs(session: Ort.InferenceSession): Map<string, GraphInput> {
  return new Map(
    session.inputMetadata.flatMap((input) =>
      input.isTensor ? [[input.name, { type: input.type, dims: input.shape }]] : [],
    ),
  );
}

function toOrtTensor({ data, dims }: TensorLike): Ort.Tensor {
  if (data instanceof Int32Array) return new ort.Tensor('int32', data, dims);
  if (data instanceof BigInt64Array) return new ort.Tensor('int64', data, dims);
  if (data instanceof Uint8Array) return new ort.Tensor('uint8', data, dims);
  return new ort.Tensor('float32', data, dims);
}

function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) as string;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] as string;
}
