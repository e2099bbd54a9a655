import type { DomainScore } from '../../../../contract/index.ts';
import { isWithinFigures, isWithinQuietest } from './bounds.ts';
import type { Domain, MeasuredWorld } from './domainFile.ts';
import { shareAsFarOut } from './rarity.ts';
import { distanceFrom } from './world.ts';

/** Descriptors of what was looked at and listened to; empty where a sense was not used. */
export interface ClipDescriptors {
  /** See `describePicture`. */
  picture: readonly Float32Array[];
  /** Of the frame that shows most, see `countFigures`; null where nothing was looked at. */
  figures: number | null;
  /** See `describeSound`. */
  sound: readonly Float32Array[];
}

/**
 * Does a clip belong to the model's world? Each sense has a score of its own, and the lower one decides; a sense that
 * breaks the world's bounds has 0.
 */
export function judgeDomain(domain: Domain, clip: ClipDescriptors): DomainScore {
  const { bounds } = domain;
  const isFigured = clip.figures === null || bounds === null || isWithinFigures(bounds, clip.figures);
  const isQuiet = bounds === null || isWithinQuietest(bounds, clip.sound);
  const picture = isFigured ? scoreOf(domain.picture, clip.picture) : 0;
  const sound = isQuiet ? domain.sound && scoreOf(domain.sound, clip.sound) : 0;
  const score = Math.min(picture ?? 1, sound ?? 1);
  return { score, picture, sound, isInDomain: score >= domain.threshold };
}

function scoreOf({ world, rarity }: MeasuredWorld, descriptors: readonly Float32Array[]): number | null {
  return descriptors.length === 0 ? null : shareAsFarOut(rarity, distanceFrom(world, descriptors));
}
