/** The clips of a world, described, to the bundle's domain: worlds, and how rare each distance is among its own clips. */
import { type Bounds, quietestOf } from '../../src/main/core/model/domain/bounds.ts';
import { pictureDimensions, soundDimensions } from '../../src/main/core/model/domain/descriptors.ts';
import type { Domain, MeasuredWorld } from '../../src/main/core/model/domain/domainFile.ts';
import type { ClipDescriptors } from '../../src/main/core/model/domain/judgeDomain.ts';
import { measureRarity } from '../../src/main/core/model/domain/rarity.ts';
import { distanceFrom } from '../../src/main/core/model/domain/world.ts';
import { type FitOptions, fitWorld } from './fitWorld.ts';

/** The share of a world's own clips that may be refused, per sense. */
const THRESHOLD = 0.004;
/** Distances are measured on clips that the fit has not seen: each part of the clips in turn. */
const FOLDS = 5;

const pictureFit: FitOptions = { prototypes: 1, shrinkage: 0.003, mostRows: 20_000 };
const soundFit: FitOptions = { prototypes: 256, shrinkage: 0.02, mostRows: 20_000 };

/** Clips at each end that count as odd ones out; a single one must not widen the bounds. */
const ODD_SHARE = 0.003;
/** Room beyond the others: one more patch of a ring, a louder hiss of an encoder. */
const MORE_FIGURES = 1;
const LOUDER = 0.04;

/** @param visionWidth C of the vision tower */
export function measureDomain(clips: readonly ClipDescriptors[], visionWidth: number): Domain {
  const seen = clips.map(({ picture }) => picture).filter((descriptors) => descriptors.length > 0);
  const heard = clips.map(({ sound }) => sound).filter((descriptors) => descriptors.length > 0);
  return {
    threshold: THRESHOLD,
    picture: measureWorld(seen, pictureDimensions(visionWidth), pictureFit),
    sound: heard.length > 0 ? measureWorld(heard, soundDimensions, soundFit) : null,
    bounds: measureBounds(clips),
  };
}

export function measureBounds(clips: readonly Omit<ClipDescriptors, 'picture'>[]): Bounds {
  const figures = clips.map((clip) => clip.figures).filter((count) => count !== null);
  const quietest = clips.map(({ sound }) => quietestOf(sound)).filter((loudness) => loudness !== null);
  const [least, most] = usualEnds(figures);
  return {
    figures: { least, most: most + MORE_FIGURES },
    quietest: quietest.length > 0 ? usualEnds(quietest)[1] + LOUDER : null,
  };
}

/** The least and the most, without the odd ones. */
function usualEnds(values: readonly number[]): [number, number] {
  const sorted = values.toSorted((a, b) => a - b);
  const odd = Math.floor(sorted.length * ODD_SHARE);
  return [sorted[odd] ?? 0, sorted[sorted.length - 1 - odd] ?? 0];
}

function measureWorld(clips: readonly (readonly Float32Array[])[], dimensions: number, fit: FitOptions): MeasuredWorld {
  const distances = Array.from({ length: FOLDS }, (_, fold) => {
    const others = clips.filter((_, index) => index % FOLDS !== fold).flat();
    const world = fitWorld(others, dimensions, fit);
    return clips.filter((_, index) => index % FOLDS === fold).map((clip) => distanceFrom(world, clip));
  });
  return { world: fitWorld(clips.flat(), dimensions, fit), rarity: measureRarity(distances.flat()) };
}
