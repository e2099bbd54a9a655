/**
 * A provider is believed only after a look: before a bundle is opened on it for the first time, a slice of real input
 * goes through every part on both that provider and the CPU, timed. What was found is kept (`model/look/lookRecord.ts`),
 * and from it and the memory is planned what runs where (`model/look/planDevices.ts`).
 */
import { totalmem } from 'node:os';
import { toErrorInfo } from '../../../contract/errors.ts';
import type { ModelPartName } from '../../../contract/index.ts';
import { bundleFingerprint } from '../../models/bundleFingerprint.ts';
import type { BundleManifest } from '../../models/bundleManifest.ts';
import { bundleNeeds } from '../../models/bundleNeeds.ts';
import type { LoadModelInput } from '../../ports/modelHostApi.ts';
import { adapterFeatures } from '../model/adapterFeatures.ts';
import { describeGraphics, hasGraphicsCard, noGraphicsCard } from '../model/graphicsDevice.ts';
import { graphicsMemory } from '../model/graphicsMemory.ts';
import { compareWithCpu, type Opened, type Outputs, type Part, runOnce } from '../model/look/compareProviders.ts';
import { LookRecord } from '../model/look/lookRecord.ts';
import type { Trust } from '../model/look/placements.ts';
import { type Asked, planDevices } from '../model/look/planDevices.ts';
import { holdProvider } from '../model/session.ts';

/** Runs a part on the CPU and, if nobody did, compares the provider with it. @returns what the CPU gave */
export type Judge = <Network extends Opened>(name: ModelPartName, part: Part<Network>) => Promise<Outputs>;

/**
 * @param look sends a slice of input through the parts, each with what the CPU made of it before
 * @returns the plan, and the provider still held for the networks that are opened next; no plan where no look is wished for
 */
export async function lookAtParts(
  { look: wish, providers }: Pick<LoadModelInput, 'look' | 'providers'>,
  manifest: BundleManifest,
  look: (judge: Judge, clip: string) => Promise<void>,
): Promise<Trust> {
  if (wish === undefined) return { plan: null, release: async () => {} };
  const parts = bundleNeeds(manifest);
  const provider = providers.find((name) => name !== 'cpu');
  const choice = provider === undefined ? 'cpu' : wish.isSlowLeft ? 'auto' : 'webgpu';
  const device = await describeGraphics();
  const plan = async (found: Pick<Asked, 'refused' | 'seenOf'>) =>
    planDevices({ choice, parts, adapter: device.adapter, room: await roomFor(choice), ...found });
  const without = async (refused: string | null, release = async () => {}): Promise<Trust> => ({
    plan: await plan({ refused, seenOf: () => null }),
    release,
  });
  if (provider === undefined) return without(null);
  if (choice === 'auto' && !hasGraphicsCard(device)) return without(noGraphicsCard);
  const { refused, release } = await holdProvider(provider);
  if (refused !== null) return without(refused, release);
  const opened = await LookRecord.open(wish.folder, bundleFingerprint(manifest), device).catch(because);
  if (typeof opened === 'string') return without(opened, release);
  const features = await adapterFeatures(provider as 'webgpu');
  const judge: Judge = async (name, part) => {
    const onCpu = await runOnce(part, 'cpu');
    if (opened.verdictOf(name) === null)
      await opened.judge(name, () => compareWithCpu(part, provider, onCpu, features));
    return onCpu.outputs;
  };
  const isNew = parts.some(({ part }) => opened.verdictOf(part) === null);
  const trouble = isNew ? await look(judge, wish.clip).then(() => null, because) : null;
  const unseen = trouble === null ? null : { isRight: false, reason: trouble, seconds: null, isHalf: false };
  return {
    plan: await plan({ refused: null, seenOf: (part) => opened.verdictOf(part) ?? unseen }),
    guard: (part, run) => opened.guard(part, run),
    release,
  };
}

async function roomFor(choice: Asked['choice']): Promise<Asked['room']> {
  return { host: totalmem(), adapter: choice === 'cpu' ? null : await graphicsMemory() };
}

function because(thrown: unknown): string {
  return `it could not be compared with the CPU (${toErrorInfo(thrown).message})`;
}
