/** What computes, as the person chose it: a setting of the library, which a flag of the command line outranks. */
import { totalmem } from 'node:os';
import { type DeviceChoice, type DeviceReport, deviceChoices, type ParsedInput } from '../../contract/index.ts';
import { describeGraphics, hasGraphicsCard, noGraphicsCard } from '../answering/model/graphicsDevice.ts';
import { planDevices } from '../answering/model/look/planDevices.ts';
import { readBundleManifest } from '../models/bundleManifest.ts';
import { bundleNeeds } from '../models/bundleNeeds.ts';
import type { LibraryApi } from '../ports/libraryApi.ts';
import type { Hosts } from './hosts.ts';
import type { ModelChoice } from './modelChoice.ts';

const settingKey = 'device.choice';

export class DeviceSetting {
  readonly #library: Pick<LibraryApi, 'getSetting' | 'setSetting'>;
  readonly #override: DeviceChoice | null;

  constructor(library: Pick<LibraryApi, 'getSetting' | 'setSetting'>, override: DeviceChoice | null) {
    this.#library = library;
    this.#override = override;
  }

  get isFixed(): boolean {
    return this.#override !== null;
  }

  /** The flag, the library's setting, `PLAYHEAD_DEVICE`, `auto`: the first that is there. */
  async choice(): Promise<DeviceChoice> {
    if (this.#override !== null) return this.#override;
    const known = [await this.#library.getSetting(settingKey), process.env.PLAYHEAD_DEVICE];
    return deviceChoices.find((choice) => choice === known.find(Boolean)) ?? 'auto';
  }

  async choose(choice: DeviceChoice): Promise<void> {
    await this.#library.setSetting(settingKey, choice);
  }
}

export interface DeviceNeeds {
  device: DeviceSetting;
  hosts: Pick<Hosts, 'loaded' | 'plan'>;
  models: Pick<ModelChoice, 'active'>;
}

/** What runs where, or what would: nothing is opened for this. */
export async function deviceReport({ device, hosts, models }: DeviceNeeds): Promise<DeviceReport> {
  const choice = await device.choice();
  const { plan } = hosts;
  // A choice that was just made counts from the next question on.
  if (plan?.choice === choice) return { choice, isFixed: device.isFixed, plan, isLoaded: true };
  const bundle = await models.active().catch(() => null);
  const manifest = bundle && (await readBundleManifest(bundle.folder).catch(() => null));
  const graphics = await describeGraphics();
  const { adapter } = graphics;
  const refused = choice === 'auto' && !hasGraphicsCard(graphics) ? noGraphicsCard : null;
  const before = { refused, seenOf: () => null, adapter, room: { host: totalmem(), adapter: null } };
  return {
    ...{ choice, isFixed: device.isFixed, isLoaded: false },
    plan: manifest && planDevices({ ...before, choice, parts: bundleNeeds(manifest) }),
  };
}

export async function chooseDevice(
  needs: DeviceNeeds & { emit(event: { type: 'statusChanged' }): void },
  { choice }: ParsedInput<'chooseDevice'>,
): Promise<DeviceReport> {
  await needs.device.choose(choice);
  needs.emit({ type: 'statusChanged' });
  return deviceReport(needs);
}
