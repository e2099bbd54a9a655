/** One part of a bundle on two providers, the same input: is the faster one to be believed? */
import { readFile } from 'node:fs/promises';
import type { BundleGraph } from '../../../models/bundleManifest.ts';
import type { AdapterFeature } from '../adapterFeatures.ts';
import { type Nearness, nearness } from '../nearness.ts';
import type { OpenOptions, Provider } from '../session.ts';
import { type Bound, inFloats, inHalves, isWithin, looser, withRounding } from './bounds.ts';
import type { Verdict } from './lookRecord.ts';

/** A network, opened. */
export interface Opened {
  readonly provider: Provider;
  close(): Promise<void>;
}

/** How a part is opened, and what of its work is compared. */
export interface Part<Network extends Opened> {
  open(options: OpenOptions): Promise<Network>;
  /** Named outputs for a slice of real input: "prefill", "decode step". */
  run(network: Network): Promise<Record<string, Float32Array>>;
  /** The part's graph, which says how its weights are stored, and its file. */
  graph: BundleGraph;
  graphFile: string;
}

export type Outputs = Record<string, Float32Array>;

export type Finding = Omit<Verdict, 'part'>;

/** Milliseconds after which no further run is timed. */
const LONG_MS = 1000;

export interface Run {
  outputs: Outputs;
  /** Of a run after the first, which compiles. */
  seconds: number;
  /** Not the provider that was asked for when that one could not be opened. */
  ranOn: string;
  notices: string[];
}

/** The part on one provider, opened and closed again, so that two copies of a large network never stand side by side. */
export async function runOnce<Network extends Opened>(
  { open, run }: Part<Network>,
  provider: string,
  options: Pick<OpenOptions, 'floatProducts' | 'halfProducts'> = {},
): Promise<Run> {
  const notices: string[] = [];
  const onNotice = (notice: string) => void notices.push(notice);
  const network = await open({ providers: [provider], onNotice, ...options });
  try {
    const isThere = network.provider === provider;
    const outputs = isThere ? await run(network) : {};
    const seconds = isThere && !options.floatProducts ? await leastSeconds(() => run(network)) : Infinity;
    return { outputs, seconds, ranOn: network.provider, notices };
  } finally {
    await network.close();
  }
}

/** A few runs, fewer where each takes long. What other programs add is never part of it. */
async function leastSeconds(run: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  let least = Infinity;
  for (let runs = 0; runs < 3 && (runs === 0 || performance.now() - begin < LONG_MS); runs++) {
    const start = performance.now();
    await run();
    least = Math.min(least, (performance.now() - start) / 1000);
  }
  return least;
}

/**
 * Where the adapter multiplies in fp16, that is tried first, and what is right so is opened so.
 * @param shipped the CPU's run with the part as it is stored
 */
export async function compareWithCpu<Network extends Opened>(
  part: Part<Network>,
  provider: string,
  shipped: Run,
  features: ReadonlySet<AdapterFeature> = new Set(),
): Promise<Finding> {
  const isPacked = part.graph.weights === 'int8' || part.graph.weights === 'int4';
  const exact = isPacked ? await runOnce(part, 'cpu', { floatProducts: true }) : shipped;
  const rounding = (name: string) =>
    isPacked ? withRounding(nearness(shipped.outputs[name] ?? [], exact.outputs[name] ?? [])) : inFloats;
  const compared = { part, provider, shipped, exact, rounding };
  if (part.graph.weights !== 'fp32' && features.has('shader-f16')) {
    const inHalf = await compareHalves(compared);
    if (inHalf.isRight) return inHalf;
  }
  return isPacked ? comparePacked(compared) : compareStored(compared);
}

interface Compared<Network extends Opened> {
  part: Part<Network>;
  provider: string;
  shipped: Run;
  /** The CPU's with products in floats. */
  exact: Run;
  /** How far a provider may be from `exact` with the weights as they are stored. */
  rounding(name: string): Bound;
}

/** A part that falls back to fp32 in the middle of it was not right in fp16. */
async function compareHalves<Network extends Opened>(compared: Compared<Network>): Promise<Finding> {
  const { part, provider, shipped, exact, rounding } = compared;
  const ours = await runOnce(part, provider, { halfProducts: true });
  const boundOf = (name: string) => looser(inHalves, rounding(name));
  const finding = await compare(part, ours, { theirs: exact.outputs, boundOf });
  const isRight = finding.isRight && ours.notices.length === 0;
  return { ...finding, ...timed(shipped, ours), isRight, isHalf: isRight };
}

async function compareStored<Network extends Opened>(compared: Compared<Network>): Promise<Finding> {
  const { part, provider, shipped, exact, rounding } = compared;
  const ours = await runOnce(part, provider);
  return { ...(await compare(part, ours, { theirs: exact.outputs, boundOf: rounding })), ...timed(shipped, ours) };
}

/**
 * Packed weights are compared twice: with products in floats, where both have to give the same, and as they are stored,
 * where both round, and the CPU shows how much that may come to.
 */
async function comparePacked<Network extends Opened>(compared: Compared<Network>): Promise<Finding> {
  const { part, provider, exact } = compared;
  const inFloat = await runOnce(part, provider, { floatProducts: true });
  const finding = await compare(part, inFloat, { theirs: exact.outputs, boundOf: () => inFloats });
  if (!finding.isRight) return finding;
  const stored = await compareStored(compared);
  return stored.isRight ? { ...finding, seconds: stored.seconds } : stored;
}

function timed(onCpu: Run, ours: Run): Pick<Finding, 'seconds'> {
  return { seconds: Number.isFinite(ours.seconds) ? { cpu: onCpu.seconds, webgpu: ours.seconds } : null };
}

/** @returns the farthest difference and cosine of all outputs, or those of the first that is too far */
async function compare<Network extends Opened>(
  part: Part<Network>,
  ours: Run,
  { theirs, boundOf }: { theirs: Outputs; boundOf: (name: string) => Bound },
): Promise<Finding> {
  if (Object.keys(ours.outputs).length === 0)
    return {
      isRight: false,
      reason: ours.notices.join(' '),
      difference: null,
      cosine: null,
      seconds: null,
      isHalf: false,
    };
  const worst = { difference: 0, cosine: 1 };
  for (const [name, expected] of Object.entries(theirs)) {
    const near = nearness(ours.outputs[name] ?? [], expected);
    if (!isWithin(near, boundOf(name)))
      return {
        isRight: false,
        reason: await whyWrong(part, name, near.difference),
        ...finite(near),
        seconds: null,
        isHalf: false,
      };
    worst.difference = Math.max(worst.difference, near.difference);
    worst.cosine = Math.min(worst.cosine, near.cosine);
  }
  return { isRight: true, reason: null, ...worst, seconds: null, isHalf: false };
}

async function whyWrong(part: Pick<Part<Opened>, 'graphFile'>, name: string, difference: number): Promise<string> {
  const percent = Number((difference * 100).toPrecision(2));
  const what = `its numbers (${name}) were ${percent} % away from the CPU's`;
  // What the importer wrote before it knew that this operator is not right everywhere.
  const isOld = (await readFile(part.graphFile, 'latin1').catch(() => '')).includes('MultiHeadAttention');
  return isOld ? `${what}; this model was imported by an earlier version, import it again` : what;
}

/** As JSON has it. */
function finite({ difference, cosine }: Nearness): Pick<Verdict, 'difference' | 'cosine'> {
  return { difference: Number.isFinite(difference) ? difference : null, cosine };
}
