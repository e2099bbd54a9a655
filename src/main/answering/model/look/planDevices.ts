/** Which network runs where, and why: one pure function of what was asked for, what a look found, and the memory. */
import type { DeviceChoice, DevicePlan, PlannedPart } from '../../../../contract/device.ts';
import type { ModelPartName } from '../../../../contract/parts.ts';
import { formatBytes } from '../../../../contract/wording.ts';
import { memoryOf, type PartNeeds } from '../../../models/memoryNeeds.ts';
import type { Verdict } from './lookRecord.ts';

/** What a look found of a part; null where it was not looked at. */
export type Seen = Pick<Verdict, 'isRight' | 'reason' | 'seconds' | 'isHalf'> | null;

export interface Asked {
  choice: DeviceChoice;
  /** In the order in which they are told. */
  parts: readonly PartNeeds[];
  seenOf(part: ModelPartName): Seen;
  /** Why no part can run on an adapter at all, in words; null where one can be used. */
  refused: string | null;
  adapter: string;
  /** Bytes of the two memories; null where the system does not tell. */
  room: { host: number; adapter: number | null };
}

/** The rest is the system's and the window's. */
const SHARE_OF_ADAPTER = 0.85;

export function planDevices(asked: Asked): DevicePlan {
  const { parts, choice, adapter, room } = asked;
  const reasons = new Map(parts.map((needs) => [needs, whyNot(asked, needs)]));
  const candidates = parts.filter((needs) => reasons.get(needs) === null);
  const fitting = whatFits(asked, candidates);
  const planned = parts.map((needs): PlannedPart => {
    const isThere = fitting.includes(needs);
    const why = isThere ? whyThere(asked.seenOf(needs.part)) : (reasons.get(needs) ?? tooLarge(room.adapter));
    const provider = isThere ? 'webgpu' : 'cpu';
    const isWrong = choice !== 'cpu' && asked.seenOf(needs.part)?.isRight === false;
    const isSetBack = !isThere && (choice === 'webgpu' || isWrong);
    const isHalf = isThere && asked.seenOf(needs.part)?.isHalf === true;
    return { part: needs.part, provider, why, isHalf, isSetBack, bytes: memoryOf([needs], provider) };
  });
  const others = parts.filter((needs) => !fitting.includes(needs));
  return {
    ...{ choice, adapter, parts: planned },
    memory: {
      host: { neededBytes: memoryOf(others, 'cpu'), totalBytes: room.host },
      adapter: { neededBytes: memoryOf(fitting, 'webgpu'), totalBytes: room.adapter },
    },
  };
}

/** Why a part stays on the CPU before memory is counted; null for one that may leave it. */
function whyNot({ choice, refused, seenOf }: Asked, { part, onlyOnCpu }: PartNeeds): string | null {
  if (choice === 'cpu') return 'as you chose';
  if (refused !== null) return refused;
  if (onlyOnCpu !== null) return onlyOnCpu;
  const seen = seenOf(part);
  if (seen === null) return 'not compared with the processor yet: that is done when the model is first opened';
  if (!seen.isRight) return seen.reason ?? 'its numbers were not right';
  if (choice === 'webgpu' || seen.seconds === null || seen.seconds.webgpu < seen.seconds.cpu) return null;
  return `right, but not faster: ${inSeconds(seen.seconds)}`;
}

/** What saves most for its bytes comes first; what is not known to save anything last. */
function whatFits({ seenOf, room }: Asked, candidates: readonly PartNeeds[]): PartNeeds[] {
  const gain = (needs: PartNeeds) => saved(seenOf(needs.part)) / Math.max(1, memoryOf([needs], 'webgpu'));
  const fitting: PartNeeds[] = [];
  for (const needs of candidates.toSorted((a, b) => gain(b) - gain(a))) {
    const isRoom = room.adapter === null || memoryOf([...fitting, needs], 'webgpu') <= room.adapter * SHARE_OF_ADAPTER;
    if (isRoom) fitting.push(needs);
  }
  return fitting;
}

function saved(seen: Seen): number {
  return seen?.seconds ? seen.seconds.cpu - seen.seconds.webgpu : 0;
}

function whyThere(seen: Seen): string {
  const right = seen?.isHalf ? 'right in fp16' : 'right';
  if (!seen?.seconds) return right;
  const { cpu, webgpu } = seen.seconds;
  if (webgpu >= cpu) return `${right}; not faster: ${inSeconds(seen.seconds)}`;
  return `${right}, and ${(cpu / webgpu).toFixed(1)} times as fast: ${inSeconds(seen.seconds)}`;
}

function inSeconds({ cpu, webgpu }: NonNullable<Verdict['seconds']>): string {
  return `${webgpu.toPrecision(2)} s for a slice, the processor ${cpu.toPrecision(2)} s`;
}

function tooLarge(bytes: number | null): string {
  return `right, but with the other parts too large for the adapter's ${formatBytes(bytes ?? 0)}`;
}
