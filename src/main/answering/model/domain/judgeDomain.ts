import type { DomainScore } from '../../../../contract/index.ts';
import { eventGroups } from './describeEvent.ts';
import { colourGroups } from './describeFigure.ts';
import { outlineGroups } from './describeOutline.ts';
import type { Domain, MeasuredKinds, MeasuredWorld } from './domainFile.ts';
import { type Facts, pictureFacts, soundFacts } from './facts.ts';
import type { FollowedFigure } from './followFigures.ts';
import { type Groups, type Looks, oddestDistance } from './kinds.ts';
import { shareAsFarOut } from './rarity.ts';
import { distanceFrom } from './world.ts';

/** Descriptors of what was looked at and listened to; empty where a sense was not used. */
export interface ClipDescriptors {
  /** See `describePicture`. */
  picture: readonly Float32Array[];
  figures: readonly FollowedFigure[];
  /** See `describeSound`. */
  sound: readonly Float32Array[];
  /** See `describeEvent`. */
  events: readonly Looks[];
  /** Of the senses that were used. */
  facts: Facts;
}

/** Of a sense that was not used. */
export const noDescriptors: ClipDescriptors = { picture: [], figures: [], sound: [], events: [], facts: {} };

/** Of two senses. */
export function joinSenses(video: ClipDescriptors, audio: ClipDescriptors): ClipDescriptors {
  const { sound, events } = audio;
  return { ...video, sound, events, facts: { ...video.facts, ...audio.facts } };
}

/**
 * Does a clip belong to the model's world? Each sense has a score of its own, and the lower one decides. That of a sense
 * is the lower one of the whole impression and of the oddest single thing; it is 0 where a plain fact is out of bounds.
 */
export function judgeDomain(domain: Domain, clip: ClipDescriptors): DomainScore {
  const picture = lowest([
    ofWorld(domain.picture, clip.picture),
    ofKinds(domain.outlines, outlinesOf(clip), outlineGroups),
    ofKinds(domain.colours, coloursOf(clip), colourGroups),
    ofFacts(domain, clip.facts, Object.keys(pictureFacts)),
  ]);
  const sound = lowest([
    ofWorld(domain.sound, clip.sound),
    ofKinds(domain.events, clip.events, eventGroups),
    ofFacts(domain, clip.facts, Object.keys(soundFacts)),
  ]);
  const score = Math.min(picture ?? 1, sound ?? 1);
  return { score, picture, sound, isInDomain: score >= domain.threshold };
}

function ofWorld(measured: MeasuredWorld | null, descriptors: readonly Float32Array[]): number | null {
  if (measured === null || descriptors.length === 0) return null;
  return shareAsFarOut(measured.rarity, distanceFrom(measured.world, descriptors));
}

export function outlinesOf({ figures }: ClipDescriptors): Looks[] {
  return figures.map(({ outlines }) => outlines);
}

export function coloursOf({ figures }: ClipDescriptors): Looks[] {
  return figures.map(({ colours }) => colours);
}

/** @returns 0 where one of the things is rarer than the world's may be */
function ofKinds(measured: MeasuredKinds | null, things: readonly Looks[], groups: Groups): number | null {
  if (measured === null || things.length === 0) return null;
  const score = shareAsFarOut(measured.rarity, oddestDistance(measured.kinds, things, groups));
  return score < measured.threshold ? 0 : score;
}

/** @returns 0 where one of the facts is out of bounds; null where all are within, which says nothing about how usual */
function ofFacts({ bounds }: Domain, facts: Facts, names: readonly string[]): number | null {
  const isOut = Object.entries(facts).some(([name, value]) => {
    const bound = names.includes(name) ? bounds[name] : undefined;
    return bound !== undefined && (value < bound.least || value > bound.most);
  });
  return isOut ? 0 : null;
}

function lowest(scores: readonly (number | null)[]): number | null {
  const given = scores.filter((score) => score !== null);
  return given.length === 0 ? null : Math.min(...given);
}
