/** Which provider each part of a bundle gets, and why it is not the one that was asked for. */

import type { ModelPartName, PartPlacement } from '../../../../contract/parts.ts';
import type { OpenOptions } from '../session.ts';
import type { Verdict } from './lookRecord.ts';

export interface Placements {
  /** What to open the part's network with. */
  optionsOf(part: ModelPartName): OpenOptions;
  /** The part as it stands now: a provider may have failed since it was opened. */
  placementOf(part: ModelPartName, provider: string): PartPlacement;
}

/** What a look came to. */
export interface Trust {
  /** Null for a part that is opened as it was asked for. */
  verdictOf(part: ModelPartName): Pick<Verdict, 'isRight' | 'reason'> | null;
  /** Stands around runs that might end the process; left out where nobody looked. */
  guard?<T>(part: ModelPartName, run: () => Promise<T>): Promise<T>;
  /** To be called when all parts are opened, or failed to. */
  release(): Promise<void>;
}

/**
 * @param notices gets what goes wrong when a part is opened or run, in words
 */
export function placeParts(
  providers: readonly string[],
  { verdictOf, guard }: Omit<Trust, 'release'>,
  notices: string[],
): Placements {
  const reasons = new Map<ModelPartName, string>();
  return {
    optionsOf(part) {
      const verdict = verdictOf(part);
      if (verdict?.isRight === false && verdict.reason !== null) {
        reasons.set(part, verdict.reason);
        return { providers: ['cpu'] };
      }
      const onNotice = (notice: string) => {
        notices.push(notice);
        reasons.set(part, notice);
      };
      return { providers, onNotice, guard: guard && ((run) => guard(part, run)) };
    },
    placementOf: (part, provider) => ({ part, provider, reason: reasons.get(part) ?? null }),
  };
}
