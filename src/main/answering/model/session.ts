/**
 * The one door to a network: its graph is opened in the first way that works, found by trying; one that fails later, or
 * gives NaN or Infinity, gives way to the next in the middle of the work, with a notice. The last is the CPU.
 */
import { dirname } from 'node:path';
import { adapterLost } from './deviceKvCache.ts';
import { withFloatProducts } from './floatProducts.ts';
import { withHalfProducts } from './halfProducts.ts';
import { notFinite } from './notFinite.ts';
import {
  createSession,
  type GraphInput,
  graphInputs,
  isBundled,
  type Opened,
  type Provider,
  runGraph,
} from './onnxRuntime.ts';
import { physicalCores } from './physicalCores.ts';
import { brokenNumbers, fileName, firstLine, notOpened, runFailed, whyNot } from './sessionErrors.ts';
import { nameOf, type Way, type WayOptions, waysOf } from './sessionWays.ts';
import { DeviceTensor, type Feeds, type FloatTensor } from './tensors.ts';

export type { GraphInput, Provider } from './onnxRuntime.ts';
export type { FloatTensor, TensorLike } from './tensors.ts';

export interface OrtSession {
  /** The one in use now. */
  readonly provider: Provider;
  readonly inputs: ReadonlyMap<string, GraphInput>;
  /**
   * Runs the graph once. It blocks this thread between two turns of the event loop.
   * @param outputs names of the outputs to return
   * @param places in the adapter's memory that further outputs are written to, by name, with exactly their shapes
   * @throws PlayheadError `model-invalid` when even the CPU fails or gives numbers that are not finite;
   * `provider-unavailable` when the provider fails and what the CPU would need is in the adapter's memory
   */
  run<Name extends string>(
    feeds: Feeds,
    outputs: readonly Name[],
    places?: Record<string, DeviceTensor>,
  ): Promise<Record<Name, FloatTensor>>;
  close(): Promise<void>;
}

export interface OpenOptions extends WayOptions {
  /** Providers that were tried and refused, in words. */
  onNotice?: (notice: string) => void;
  /**
   * Stands around the first run of every size on a provider other than the CPU: it may end the process.
   * @see LookRecord.guard
   */
  guard?: <T>(run: () => Promise<T>) => Promise<T>;
  /** Computing threads; the machine's physical cores when left out. */
  threads?: number;
}

/**
 * @param graphFile an ONNX file, its external data beside it
 * @throws PlayheadError `model-invalid` when no provider can open it
 */
export async function openSession(graphFile: string, options: OpenOptions): Promise<OrtSession> {
  const notify = options.onNotice ?? (() => {});
  const ways = waysOf(options, notify);
  let opened = await openInFirst(ways, graphFile, options, notify);
  const survived = new Set<string>();

  const fallBack = async (reason: string) => {
    const failed = opened;
    survived.clear();
    await failed.session.release();
    opened = await openInFirst(ways, graphFile, options, notify);
    notify(`${nameOf(failed.way)} ${reason} in ${fileName(graphFile)}; ${nameOf(opened.way)} took over.`);
  };

  return {
    get provider() {
      return opened.provider;
    },
    inputs: graphInputs(opened),
    async run(feeds, outputs, places) {
      while (ways.length > 0) {
        const run = () => runOnce(opened, feeds, outputs, places).catch((cause: unknown) => String(cause));
        const sizes = JSON.stringify(Object.values(feeds).map(({ dims }) => dims));
        const isNew = opened.provider !== 'cpu' && !survived.has(sizes);
        const result = await (options.guard && isNew ? options.guard(run) : run());
        survived.add(sizes);
        if (typeof result !== 'string' && notFinite(result) === null) return result;
        await fallBack(
          typeof result === 'string' ? `failed (${firstLine(result)})` : 'gave numbers that are not finite',
        );
      }
      if (places || Object.values(feeds).some((tensor) => tensor instanceof DeviceTensor)) throw adapterLost();
      return runOnCpu(opened, graphFile, feeds, outputs);
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
    const { session } = await createSession(bytes, provider);
    return { refused: null, release: () => session.release() };
  } catch (cause) {
    return refused(whyNot(provider, 'anything', String(cause)));
  }
}

type OpenedWay = Opened & { way: Way };

/** Takes the ways that were tried out of the list: what is left of it can still take over. */
async function openInFirst(
  ways: Way[],
  graphFile: string,
  options: OpenOptions,
  notify: (text: string) => void,
): Promise<OpenedWay> {
  for (let way = ways.shift(); way; way = ways.shift()) {
    try {
      return { ...(await openIn(way, graphFile, options)), way };
    } catch (cause) {
      if (ways.length === 0) throw cause;
      notify(whyNot(nameOf(way), graphFile, String(cause)));
    }
  }
  throw notOpened(graphFile, 'no way is left to open it');
}

async function openIn({ provider, products }: Way, graphFile: string, options: OpenOptions): Promise<Opened> {
  try {
    const settings = {
      graphOptimizationLevel: 'all' as const,
      intraOpNumThreads: options.threads ?? physicalCores(),
      // The lengths of prompts differ from run to run: a plan of memory for one of them is worth nothing for the next.
      enableMemPattern: false,
    };
    if (products === 'as stored') return await createSession(graphFile, provider, settings);
    const extra = { session: { model_external_initializers_file_folder_path: dirname(graphFile) } };
    const graph = await (products === 'half' ? withHalfProducts(graphFile) : withFloatProducts(graphFile));
    return await createSession(graph, provider, { ...settings, extra });
  } catch (cause) {
    throw provider === 'cpu' ? notOpened(graphFile, cause) : cause;
  }
}

async function runOnCpu<Name extends string>(
  opened: Opened,
  graphFile: string,
  feeds: Feeds,
  outputs: readonly Name[],
): Promise<Record<Name, FloatTensor>> {
  const result = await runOnce(opened, feeds, outputs).catch((cause: unknown) => {
    throw runFailed(graphFile, cause);
  });
  const broken = notFinite(result);
  if (broken === null) return result;
  throw brokenNumbers(graphFile, broken);
}

async function runOnce<Name extends string>(
  opened: Opened,
  feeds: Feeds,
  outputs: readonly Name[],
  places: Record<string, DeviceTensor> = {},
): Promise<Record<Name, FloatTensor>> {
  return (await runGraph(opened, feeds, outputs, places)) as Record<Name, FloatTensor>;
}
