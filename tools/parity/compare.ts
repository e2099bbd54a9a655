/** One line of a parity report: how far a stage is from the reference's numbers. */
import { type Bound, isWithin } from '../../src/main/answering/model/look/bounds.ts';
import { nearness, type Values } from '../../src/main/answering/model/nearness.ts';

export interface StageResult {
  stage: string;
  /** Largest difference relative to the tensor's largest magnitude; null where things are equal or not. */
  relativeError: number | null;
  /** What `relativeError` may be. */
  tolerance: number | null;
  pass: boolean;
  /** Why it failed, when there is more to say than a number. */
  note?: string;
}

/** Passes when both the largest difference and the direction are near enough. */
export function compareTensor(stage: string, ours: Values, theirs: Values, allowed: number | Bound): StageResult {
  const bound = typeof allowed === 'number' ? { difference: allowed, angle: allowed / 100 } : allowed;
  const near = nearness(ours, theirs);
  const pass = isWithin(near, bound);
  const lengths = ours.length === theirs.length ? undefined : `${ours.length} values instead of ${theirs.length}`;
  const direction = near.difference <= bound.difference && !pass ? `cosine ${near.cosine.toFixed(6)}` : undefined;
  const tolerance = bound.difference;
  return { stage, relativeError: near.difference, tolerance, pass, note: lengths ?? direction };
}

export function compareIds(stage: string, ours: readonly number[], theirs: readonly number[]): StageResult {
  const at = theirs.findIndex((id, i) => ours[i] !== id);
  const pass = at < 0 && ours.length === theirs.length;
  const place = at < 0 ? Math.min(ours.length, theirs.length) : at;
  const note = pass ? undefined : `differs at ${place}: ${ours[place]} instead of ${theirs[place]}`;
  return { stage, relativeError: null, tolerance: null, pass, note };
}

/** The numbers of the CPU say nothing about the provider that was asked for. */
export function compareProvider(used: string, [asked]: readonly string[]): StageResult {
  const pass = used === asked;
  return { stage: 'provider', relativeError: null, tolerance: null, pass, note: pass ? used : `${used}, not ${asked}` };
}
