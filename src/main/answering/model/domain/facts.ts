/**
 * Plain facts of a clip, one number each, of which a world's clips keep within bounds. Noise, a plain colour or a tone
 * that never ends may lie near to a clip with next to nothing in it, and yet break these. A new fact is a row.
 */
import { soundDimensions } from './descriptors.ts';
import type { Ground } from './ground.ts';
import type { Patch } from './picture.ts';
import type { SoundEvent } from './soundEvents.ts';

/** A frame, taken apart. */
export interface SeenFrame {
  figures: readonly Patch[];
  ground: Ground;
  /** Radius of a disc that is as large as the largest figure, of the shorter side; 0 for none. */
  largest: number;
}

/** A sound, taken apart. */
export interface HeardSound {
  /** See `describeSound`. */
  spectrum: readonly Float32Array[];
  events: readonly SoundEvent[];
}

/** Of a sense, what a fact is called and how it is found; null where a clip is too short to tell. */
type FactRows<T> = Record<string, (sensed: T) => number | null>;

export const pictureFacts = {
  /** Of the frame that shows most of them but for one: in a single frame one may fall into pieces. */
  figures: (frames) => secondMost(frames.map(({ figures }) => figures.length)),
  /** The share of frames in which there is one. */
  shown: (frames) => meanOf(frames.map(({ figures }) => Math.min(1, figures.length))),
  largest: (frames) => Math.max(...frames.map(({ largest }) => largest)),
  leftOver: (frames) => meanOf(frames.map(({ ground }) => ground.leftOver)),
  roughness: (frames) => meanOf(frames.map(({ ground }) => ground.roughness)),
  chroma: (frames) => meanOf(frames.map(({ ground }) => ground.chroma)),
  lightness: (frames) => meanOf(frames.map(({ ground }) => ground.lightness)),
} satisfies FactRows<readonly SeenFrame[]>;

export const soundFacts = {
  quietest: ({ spectrum }) => quietestOf(spectrum),
  /** The most sounds that begin within any four seconds. */
  busiest: ({ events }) => busiestOf(events),
  /** Rows of 10 ms between the two beginnings that lie closest; four seconds where there are no two. */
  closest: ({ events }) => closestOf(events),
} satisfies FactRows<HeardSound>;

export type PictureFact = keyof typeof pictureFacts;
export type SoundFact = keyof typeof soundFacts;
export type Facts = Partial<Record<PictureFact | SoundFact, number>>;

export function factsOf<T>(rows: FactRows<T>, sensed: T): Facts {
  const found = Object.entries(rows).map(([name, find]) => [name, find(sensed)] as const);
  return Object.fromEntries(found.filter(([, value]) => value !== null));
}

/** The share of a clip's moments that counts as its quietest. */
const QUIETEST_SHARE = 0.04;
/** A shorter sound need not fall silent: 80 ms each, so 2.4 s. */
const FEWEST_MOMENTS = 30;

/** How loud a sound's loudest band is in its quietest moments; null for a sound that is too short to tell. */
function quietestOf(spectrum: readonly Float32Array[]): number | null {
  const moments = spectrum.flatMap((rows) =>
    Array.from({ length: rows.length / soundDimensions }, (_, row) =>
      Math.max(...rows.subarray(row * soundDimensions, (row + 1) * soundDimensions)),
    ),
  );
  if (moments.length < FEWEST_MOMENTS) return null;
  return moments.sort((a, b) => a - b)[Math.floor(moments.length * QUIETEST_SHARE)] as number;
}

/** Rows of 10 ms: a clip of the world. */
const WHOLE = 400;

function busiestOf(events: readonly SoundEvent[]): number {
  return Math.max(
    0,
    ...events.map(({ first }) => events.filter((other) => other.first >= first && other.first < first + WHOLE).length),
  );
}

function closestOf(events: readonly SoundEvent[]): number {
  const gaps = events.slice(1).map(({ first }, index) => first - (events[index]?.first ?? 0));
  return Math.min(WHOLE, ...gaps);
}

/** Of a single value, that one. */
function secondMost(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => b - a);
  return sorted[1] ?? sorted[0] ?? 0;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
