/** What computes: the processor, or a graphics adapter by WebGPU, network by network, and why. */
import { type ModelPartName, partNames } from './parts.ts';
import { formatBytes } from './wording.ts';

/** `auto`: each network where it was found right and faster; `webgpu`: on the adapter wherever it is right. */
export const deviceChoices = ['auto', 'cpu', 'webgpu'] as const;
export type DeviceChoice = (typeof deviceChoices)[number];

export interface PlannedPart {
  part: ModelPartName;
  provider: 'cpu' | 'webgpu';
  /** In words. */
  why: string;
  /** Its weights are multiplied in fp16; where that overflows, it goes on in fp32 by itself. */
  isHalf: boolean;
  /** True where it would run on the adapter, but for what was found against it. */
  isSetBack: boolean;
  /** What it takes where it runs, estimated before it is opened: weights, cache and its largest activations. */
  bytes: number;
}

/** Made before a model is opened. Bytes are estimates. */
export interface DevicePlan {
  choice: DeviceChoice;
  /** As the system names it; empty where it names none. */
  adapter: string;
  parts: PlannedPart[];
  /** What the parts take together, and what there is; null where the system does not tell. */
  memory: Record<'host' | 'adapter', { neededBytes: number; totalBytes: number | null }>;
}

export interface DeviceReport {
  choice: DeviceChoice;
  /** Given on the command line: outranks what is stored. */
  isFixed: boolean;
  /** Of the model that is loaded, else of the one in use before it is; null where there is none. */
  plan: DevicePlan | null;
  /** False: what would be done, before anything was opened or compared. */
  isLoaded: boolean;
}

export const deviceNames: Record<DeviceChoice, string> = {
  auto: 'Automatic',
  cpu: 'Processor',
  webgpu: 'Graphics adapter',
};

export const deviceMeanings: Record<DeviceChoice, string> = {
  auto: 'Each part of the model where it was found right and faster. Comparing takes a while, once.',
  cpu: 'Nothing runs on the graphics adapter.',
  webgpu: 'Every part that gives the right numbers there, fast or not.',
};

/** "vision tower on webgpu: right, and …" */
export function describePlannedPart({ part, provider, why }: PlannedPart): string {
  return `${partNames[part]} on ${provider}: ${why}`;
}

/** "about 6.7 GB of 24.0 GB memory; about 1.2 GB of 8.0 GB on the adapter" */
export function describeMemory({ host, adapter }: DevicePlan['memory']): string {
  const inWords = ({ neededBytes, totalBytes }: typeof host) =>
    `about ${formatBytes(neededBytes)}${totalBytes === null ? '' : ` of ${formatBytes(totalBytes)}`}`;
  const onAdapter = adapter.neededBytes > 0 ? `; ${inWords(adapter)} on the adapter` : '';
  return `${inWords(host)} memory${onAdapter}`;
}

/** True where the model needs more memory than the machine has. */
export function isTooLarge({ host }: DevicePlan['memory']): boolean {
  return host.totalBytes !== null && host.neededBytes > host.totalBytes;
}

/** Of networks that are opened apart, as those of answers and of search. */
export function joinPlans([first, ...others]: readonly DevicePlan[]): DevicePlan {
  const { parts, memory, ...rest } = first as DevicePlan;
  const all = [first as DevicePlan, ...others];
  const sum = (where: keyof typeof memory) => all.reduce((bytes, plan) => bytes + plan.memory[where].neededBytes, 0);
  return {
    ...rest,
    parts: all.flatMap((plan) => plan.parts),
    memory: {
      host: { ...memory.host, neededBytes: sum('host') },
      adapter: { ...memory.adapter, neededBytes: sum('adapter') },
    },
  };
}
