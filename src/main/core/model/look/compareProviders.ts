/** One part of a bundle on two providers, the same input: is the faster one to be believed? */
import { readFile } from 'node:fs/promises';
import type { BundleGraph } from '../bundleManifest.ts';
import { nearness } from '../nearness.ts';
import type { OpenOptions, Provider } from '../session.ts';
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
  /** How many roundings of packed weights its numbers go through, one after the other. */
  layers: number;
}

export type Outputs = Record<string, Float32Array>;

/**
 * Of the largest difference; a hundredth of it of the cosine. Networks in floats are a thousandth apart at most. With
 * packed weights the CPU rounds what it multiplies them with to 8 bits, and a GPU does so or not: a fiftieth a layer
 * (1.4e-2 was measured), and roundings of many layers add up as random numbers do.
 */
function toleranceOf({ graph, layers }: Pick<Part<Opened>, 'graph' | 'layers'>): number {
  const isPacked = graph.weights === 'int8' || graph.weights === 'int4';
  return isPacked ? 2e-2 * Math.sqrt(layers) : 1e-3;
}

/** The part on one provider, opened and closed again, so that two copies of a large network never stand side by side. */
export async function runOnce<Network extends Opened>(
  { open, run }: Part<Network>,
  provider: string,
): Promise<{ outputs: Outputs; ranOn: string; notices: string[] }> {
  const notices: string[] = [];
  const network = await open({ providers: [provider], onNotice: (notice) => void notices.push(notice) });
  try {
    const outputs = network.provider === provider ? await run(network) : {};
    return { outputs, ranOn: network.provider, notices };
  } finally {
    await network.close();
  }
}

/** @param expected the CPU's outputs */
export async function compareWithCpu<Network extends Opened>(
  part: Part<Network>,
  provider: string,
  expected: Outputs,
): Promise<Omit<Verdict, 'part'>> {
  const { outputs, ranOn, notices } = await runOnce(part, provider);
  if (ranOn !== provider) return { isRight: false, reason: notices.join(' '), difference: null, cosine: null };
  let worst = { difference: 0, cosine: 1 };
  for (const [name, theirs] of Object.entries(expected)) {
    const { difference, cosine, isNear } = nearness(outputs[name] ?? [], theirs, toleranceOf(part));
    if (!isNear)
      return { isRight: false, reason: await whyWrong(part, name, difference), ...finite(difference, cosine) };
    worst = { difference: Math.max(worst.difference, difference), cosine: Math.min(worst.cosine, cosine) };
  }
  return { isRight: true, reason: null, ...worst };
}

async function whyWrong(part: Pick<Part<Opened>, 'graphFile'>, name: string, difference: number): Promise<string> {
  const percent = (difference * 100).toPrecision(2);
  const what = `its numbers (${name}) were ${percent} % away from the CPU's`;
  // What the importer wrote before it knew that this operator is not right everywhere.
  const isOld = (await readFile(part.graphFile, 'latin1').catch(() => '')).includes('MultiHeadAttention');
  return isOld ? `${what}; this model was imported by an earlier version, import it again` : what;
}

/** As JSON has it. */
function finite(difference: number, cosine: number): Pick<Verdict, 'difference' | 'cosine'> {
  return { difference: Number.isFinite(difference) ? difference : null, cosine };
}
