/** One part of a bundle on two providers, the same input: is the faster one to be believed? */
import { readFile } from 'node:fs/promises';
import type { BundleGraph } from '../../../models/bundleManifest.ts';
import { type Nearness, nearness } from '../nearness.ts';
import type { OpenOptions, Provider } from '../session.ts';
import { type Bound, inFloats, isWithin, withRounding } from './bounds.ts';
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

interface Run {
  outputs: Outputs;
  /** Not the provider that was asked for when that one could not be opened. */
  ranOn: string;
  notices: string[];
}

/** The part on one provider, opened and closed again, so that two copies of a large network never stand side by side. */
export async function runOnce<Network extends Opened>(
  { open, run }: Part<Network>,
  provider: string,
  options: Pick<OpenOptions, 'floatProducts'> = {},
): Promise<Run> {
  const notices: string[] = [];
  const onNotice = (notice: string) => void notices.push(notice);
  const network = await open({ providers: [provider], onNotice, ...options });
  try {
    const outputs = network.provider === provider ? await run(network) : {};
    return { outputs, ranOn: network.provider, notices };
  } finally {
    await network.close();
  }
}

/**
 * Packed weights are compared twice: with products in floats, where both have to give the same, and as they are stored,
 * where both round, and the CPU shows how much that may come to.
 * @param shipped the CPU's outputs with the part as it is stored
 */
export async function compareWithCpu<Network extends Opened>(
  part: Part<Network>,
  provider: string,
  shipped: Outputs,
): Promise<Finding> {
  const isPacked = part.graph.weights === 'int8' || part.graph.weights === 'int4';
  if (!isPacked) return compare(part, await runOnce(part, provider), { theirs: shipped, boundOf: () => inFloats });
  const floatProducts = true;
  const { outputs: exact } = await runOnce(part, 'cpu', { floatProducts });
  const inFloat = await runOnce(part, provider, { floatProducts });
  const finding = await compare(part, inFloat, { theirs: exact, boundOf: () => inFloats });
  if (!finding.isRight) return finding;
  const boundOf = (name: string) => withRounding(nearness(shipped[name] ?? [], exact[name] ?? []));
  const rounded = await compare(part, await runOnce(part, provider), { theirs: exact, boundOf });
  return rounded.isRight ? finding : rounded;
}

/** @returns the farthest difference and cosine of all outputs, or those of the first that is too far */
async function compare<Network extends Opened>(
  part: Part<Network>,
  ours: Run,
  { theirs, boundOf }: { theirs: Outputs; boundOf: (name: string) => Bound },
): Promise<Finding> {
  if (Object.keys(ours.outputs).length === 0)
    return { isRight: false, reason: ours.notices.join(' '), difference: null, cosine: null };
  const worst = { difference: 0, cosine: 1 };
  for (const [name, expected] of Object.entries(theirs)) {
    const near = nearness(ours.outputs[name] ?? [], expected);
    if (!isWithin(near, boundOf(name)))
      return { isRight: false, reason: await whyWrong(part, name, near.difference), ...finite(near) };
    worst.difference = Math.max(worst.difference, near.difference);
    worst.cosine = Math.min(worst.cosine, near.cosine);
  }
  return { isRight: true, reason: null, ...worst };
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
