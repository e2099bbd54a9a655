/**
 * A provider is believed only after a look: before a bundle is opened on it for the first time, a slice of real input
 * goes through every part on both that provider and the CPU. What was found is kept (see `model/look/lookRecord.ts`).
 */
import { toErrorInfo } from '../../../contract/errors.ts';
import type { ModelPartName } from '../../../contract/index.ts';
import { bundleFingerprint } from '../../models/bundleFingerprint.ts';
import type { BundleManifest } from '../../models/bundleManifest.ts';
import type { LoadModelInput } from '../../ports/modelHostApi.ts';
import { describeGraphics } from '../model/graphicsDevice.ts';
import { compareWithCpu, type Opened, type Outputs, type Part, runOnce } from '../model/look/compareProviders.ts';
import { LookRecord } from '../model/look/lookRecord.ts';
import type { Trust } from '../model/look/placements.ts';
import { holdProvider } from '../model/session.ts';

/** Runs a part on the CPU and, if nobody did, compares the provider with it. @returns what the CPU gave */
export type Judge = <Network extends Opened>(name: ModelPartName, part: Part<Network>) => Promise<Outputs>;

/**
 * @param look sends a slice of input through the parts, each with what the CPU made of it before
 * @returns the provider still held, for the networks that are opened next; nothing against any part when the CPU alone is asked for, or no look
 */
export async function lookAtParts(
  { look: wish, providers }: Pick<LoadModelInput, 'look' | 'providers'>,
  manifest: BundleManifest,
  look: (judge: Judge, clip: string) => Promise<void>,
): Promise<Trust> {
  const provider = providers.find((name) => name !== 'cpu');
  if (wish === undefined || provider === undefined) return { verdictOf: () => null, release: async () => {} };
  const { refused, release } = await holdProvider(provider);
  const against = (reason: string): Trust => ({ verdictOf: () => ({ isRight: false, reason }), release });
  if (refused !== null) return against(refused);
  const record = await LookRecord.open(wish.folder, bundleFingerprint(manifest), await describeGraphics()).catch(
    because,
  );
  if (typeof record === 'string') return against(record);
  const judge: Judge = async (name, part) => {
    const { outputs } = await runOnce(part, 'cpu');
    if (record.verdictOf(name) === null) await record.judge(name, () => compareWithCpu(part, provider, outputs));
    return outputs;
  };
  const isNew = partsOf(manifest).some((part) => record.verdictOf(part) === null);
  const trouble = isNew ? await look(judge, wish.clip).then(() => null, because) : null;
  return {
    verdictOf: (part) => record.verdictOf(part) ?? { isRight: false, reason: trouble ?? 'it was not looked at' },
    guard: (part, run) => record.guard(part, run),
    release,
  };
}

function because(thrown: unknown): string {
  return `it could not be compared with the CPU (${toErrorInfo(thrown).message})`;
}

function partsOf({ graphs }: BundleManifest): ModelPartName[] {
  return Object.entries(graphs).flatMap(([name, graph]) => (graph === null ? [] : [name as ModelPartName]));
}
