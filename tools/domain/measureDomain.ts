/** The clips of a world, described, to the bundle's domain: what is usual in it, and how rare each distance is among its own clips. */
import { eventGroups } from '../../src/main/answering/model/domain/describeEvent.ts';
import { colourGroups } from '../../src/main/answering/model/domain/describeFigure.ts';
import { outlineGroups } from '../../src/main/answering/model/domain/describeOutline.ts';
import { pictureDimensions, soundDimensions } from '../../src/main/answering/model/domain/descriptors.ts';
import type { Bound, Domain, MeasuredKinds, MeasuredWorld } from '../../src/main/answering/model/domain/domainFile.ts';
import type { Facts } from '../../src/main/answering/model/domain/facts.ts';
import { type ClipDescriptors, coloursOf, outlinesOf } from '../../src/main/answering/model/domain/judgeDomain.ts';
import { type Groups, type Looks, oddestDistance } from '../../src/main/answering/model/domain/kinds.ts';
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
/** Several for each of the shapes, by size; none may be so wide that it knows what lies between others. */
const outlineFit: KindsOptions = { kinds: 64, leastSpread: 0.05, mostSpread: 1.5, mostRows: 6000 };
const colourFit: KindsOptions = { kinds: 24, leastSpread: 0.05, mostSpread: 1.5, mostRows: 6000 };
/** The same for a clip's oddest outline and colour, of which a few odd ones make the tail look longer than it is. */
const OUTLINE_THRESHOLD = 0.03;
const COLOUR_THRESHOLD = 0.003;
/** About four for each sort of sound. */
const eventFit: KindsOptions = { kinds: 32, leastSpread: 0.2, mostRows: 6000 };
/** The same for a clip's oddest sound. */
const SOUND_THRESHOLD = 0.01;

/** Clips at each end that count as odd ones out; a single one must not widen the bounds. */
const ODD_SHARE = 0.003;
/** Room beyond the others, as a share of how far they lie apart; more for what most clips have nothing of. */
const ROOM = 0.03;
const moreRoom: Facts = { leftOver: 1, shown: 0.08, largest: 0.08, roughness: 0.08, chroma: 0.08, lightness: 0.08 };

/** @param visionWidth C of the vision tower */
export function measureDomain(clips: readonly ClipDescriptors[], visionWidth: number): Domain {
  const seen = clips.map(({ picture }) => picture).filter((descriptors) => descriptors.length > 0);
  const heard = clips.map(({ sound }) => sound).filter((descriptors) => descriptors.length > 0);
  return {
    threshold: THRESHOLD,
    picture: measureWorld(seen, pictureDimensions(visionWidth), pictureFit),
    sound: heard.length > 0 ? measureWorld(heard, soundDimensions, soundFit) : null,
    outlines: measureKinds(clips.map(outlinesOf), {
      ...outlineFit,
      groups: outlineGroups,
      threshold: OUTLINE_THRESHOLD,
    }),
    colours: measureKinds(clips.map(coloursOf), { ...colourFit, groups: colourGroups, threshold: COLOUR_THRESHOLD }),
    events: measureKinds(
      clips.map(({ events }) => events),
      { ...eventFit, groups: eventGroups, threshold: SOUND_THRESHOLD },
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
  clips: readonly (readonly Looks[])[],
  fit: KindsOptions & { groups: Groups; threshold: number },
): MeasuredKinds | null {
  const some = clips.filter((things) => things.length > 0);
  if (some.length < FOLDS) return null;
  const rarity = measureUnseen(some, (others) => {
    const kinds = fitKinds(others.flat(), fit);
    return (clip) => oddestDistance(kinds, clip, fit.groups);
  });
  return { kinds: fitKinds(some.flat(2), fit), rarity, threshold: fit.threshold };
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
