/** The clips of a world, described, to the bundle's domain: what is usual in it, and how rare each distance is among its own clips. */
import { eventGroups } from '../../src/main/answering/model/domain/describeEvent.ts';
import { figureGroups } from '../../src/main/answering/model/domain/describeFigure.ts';
import { pictureDimensions, soundDimensions } from '../../src/main/answering/model/domain/descriptors.ts';
import type { Bound, Domain, MeasuredKinds, MeasuredWorld } from '../../src/main/answering/model/domain/domainFile.ts';
import type { Facts } from '../../src/main/answering/model/domain/facts.ts';
import type { ClipDescriptors } from '../../src/main/answering/model/domain/judgeDomain.ts';
import { type Groups, oddestDistance } from '../../src/main/answering/model/domain/kinds.ts';
import { measureRarity, type Rarity } from '../../src/main/answering/model/domain/rarity.ts';
import { distanceFrom } from '../../src/main/answering/model/domain/world.ts';
import { fitKinds, type KindsOptions } from './fitKinds.ts';
import { type FitOptions, fitWorld } from './fitWorld.ts';

/** The share of a world's own clips that may be refused, per sense. */
const THRESHOLD = 0.002;
/** Distances are measured on clips that the fit has not seen: each part of the clips in turn. */
const FOLDS = 5;

const pictureFit: FitOptions = { prototypes: 1, shrinkage: 0.003, mostRows: 20_000 };
const soundFit: FitOptions = { prototypes: 256, shrinkage: 0.02, mostRows: 20_000 };
const figureFit: KindsOptions = { kinds: 80, leastSpread: 0.2, mostRows: 6000 };
/** About four for each sort of sound. */
const eventFit: KindsOptions = { kinds: 32, leastSpread: 0.2, mostRows: 6000 };
/** The same for a clip's oddest figure and its oddest sound, whose few odd ones make the tail look longer than it is. */
const THING_THRESHOLD = 0.01;

/** Clips at each end that count as odd ones out; a single one must not widen the bounds. */
const ODD_SHARE = 0.003;
/** Room beyond the others, as a share of how far they lie apart; more for what most clips have nothing of. */
const ROOM = 0.03;
const moreRoom: Facts = { leftOver: 1 };

/** @param visionWidth C of the vision tower */
export function measureDomain(clips: readonly ClipDescriptors[], visionWidth: number): Domain {
  const seen = clips.map(({ picture }) => picture).filter((descriptors) => descriptors.length > 0);
  const heard = clips.map(({ sound }) => sound).filter((descriptors) => descriptors.length > 0);
  return {
    threshold: THRESHOLD,
    picture: measureWorld(seen, pictureDimensions(visionWidth), pictureFit),
    sound: heard.length > 0 ? measureWorld(heard, soundDimensions, soundFit) : null,
    figures: measureKinds(
      clips.map(({ figures }) => figures),
      { ...figureFit, groups: figureGroups, threshold: THING_THRESHOLD },
    ),
    events: measureKinds(
      clips.map(({ events }) => events),
      { ...eventFit, groups: eventGroups, threshold: THING_THRESHOLD },
    ),
    bounds: measureBounds(clips.map(({ facts }) => facts)),
  };
}

/** Of each fact the usual ends. */
export function measureBounds(clips: readonly Facts[]): Record<string, Bound> {
  const values = new Map<string, number[]>();
  for (const [name, value] of clips.flatMap((facts) => Object.entries(facts))) {
    values.set(name, [...(values.get(name) ?? []), value]);
  }
  const rooms: Readonly<Record<string, number>> = moreRoom;
  return Object.fromEntries([...values].map(([name, all]) => [name, usualEnds(all, rooms[name] ?? ROOM)]));
}

/** The least and the most, without the odd ones, and a little room beyond. */
function usualEnds(values: readonly number[], share: number): Bound {
  const sorted = values.toSorted((a, b) => a - b);
  const odd = Math.floor(sorted.length * ODD_SHARE);
  const [least, most] = [sorted[odd] ?? 0, sorted[sorted.length - 1 - odd] ?? 0];
  const room = share * (most - least);
  return { least: least - room, most: most + room };
}

function measureWorld(clips: readonly (readonly Float32Array[])[], dimensions: number, fit: FitOptions): MeasuredWorld {
  const rarity = measureUnseen(clips, (others) => {
    const world = fitWorld(others, dimensions, fit);
    return (clip) => distanceFrom(world, clip);
  });
  return { world: fitWorld(clips.flat(), dimensions, fit), rarity };
}

/** @returns null for clips in which nothing of this sort is seen or heard */
function measureKinds(
  clips: readonly (readonly Float32Array[])[],
  fit: KindsOptions & { groups: Groups; threshold: number },
): MeasuredKinds | null {
  const some = clips.filter((things) => things.length > 0);
  if (some.length < FOLDS) return null;
  const rarity = measureUnseen(some, (others) => {
    const kinds = fitKinds(others, fit);
    return (clip) => oddestDistance(kinds, clip, fit.groups);
  });
  return { kinds: fitKinds(some.flat(), fit), rarity, threshold: fit.threshold };
}

/** @param distanceAmong from descriptors of other clips to the distance of one */
function measureUnseen<T>(
  clips: readonly (readonly T[])[],
  distanceAmong: (others: readonly T[]) => (clip: readonly T[]) => number,
): Rarity {
  const distances = Array.from({ length: FOLDS }, (_, fold) => {
    const distance = distanceAmong(clips.filter((_, index) => index % FOLDS !== fold).flat());
    return clips.filter((_, index) => index % FOLDS === fold).map(distance);
  });
  return measureRarity(distances.flat());
}
