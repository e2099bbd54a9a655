/** How each network of a bundle is opened, and where it then runs, with the reason where that is not what was wished for. */
import type { DevicePlan } from '../../../../contract/device.ts';
import type { ModelPartName, PartPlacement } from '../../../../contract/parts.ts';
import type { OpenOptions } from '../session.ts';

export interface Placements {
  /** What to open the part's network with. */
  optionsOf(part: ModelPartName): OpenOptions;
  /** The part as it stands now: a provider may have failed since it was opened. */
  placementOf(part: ModelPartName, provider: string): PartPlacement;
}

/** What a look came to. */
export interface Trust {
  /** Null where nobody looked, and every provider is believed. */
  plan: DevicePlan | null;
  /** Stands around runs that might end the process; left out where nobody looked. */
  guard?<T>(part: ModelPartName, run: () => Promise<T>): Promise<T>;
  /** To be called when all parts are opened, or failed to. */
  release(): Promise<void>;
}

/**
 * @param providers tried in this order where there is no plan
 * @param notices gets what goes wrong when a part is opened or run, in words
 */
export function placeParts(
  providers: readonly string[],
  { plan, guard }: Omit<Trust, 'release'>,
  notices: string[],
): Placements {
  const planned = plan?.parts ?? [];
  const setBack = planned.filter(({ isSetBack }) => isSetBack);
  const reasons = new Map(setBack.map(({ part, why }) => [part, why]));
  return {
    optionsOf(part) {
      const place = planned.find((each) => each.part === part);
      if (place?.provider === 'cpu') return { providers: ['cpu'] };
      const onNotice = (notice: string) => {
        notices.push(notice);
        reasons.set(part, notice);
      };
      return { providers, halfProducts: place?.isHalf, onNotice, guard: guard && ((run) => guard(part, run)) };
    },
    placementOf: (part, provider) => ({ part, provider, reason: reasons.get(part) ?? null }),
  };
}
