/** What is seen and heard of a clip, taken apart once: descriptors of its single things, and plain facts. */
import { describeEvent } from './describeEvent.ts';
import { describeFigures } from './describeFigure.ts';
import { describeSound } from './descriptors.ts';
import { type Facts, factsOf, pictureFacts, soundFacts } from './facts.ts';
import { findFigures } from './figures.ts';
import { type FollowedFigure, followFigures } from './followFigures.ts';
import { describeGround, fitGround } from './ground.ts';
import type { Looks } from './kinds.ts';
import type { Patch, Picture } from './picture.ts';
import { findEvents } from './soundEvents.ts';

/** @param frames different ones, in order, small and with the proportions of the screen (see `smallPicture`) */
export function takePictureApart(frames: readonly Picture[]): { figures: FollowedFigure[]; facts: Facts } {
  const seen = frames.map((frame) => {
    const shading = fitGround(frame);
    const { figures, shadows } = findFigures(frame, shading);
    const ground = describeGround(frame, shading, [...figures, ...shadows]);
    const described = describeFigures(figures, frame, shading);
    return { figures, ground, described, largest: Math.max(0, ...figures.map((figure) => radiusOf(figure, frame))) };
  });
  return { figures: followFigures(seen.map(({ described }) => described)), facts: factsOf(pictureFacts, seen) };
}

function radiusOf({ pixels }: Patch, { width, height }: Picture): number {
  return Math.sqrt(pixels.length / Math.PI) / Math.min(width, height);
}

/**
 * @param fbank (F, melBins), normalised, without padding
 * @returns with the spectrum as `describeSound` gives it
 */
export function takeSoundApart(
  fbank: Float32Array,
  melBins: number,
): { spectrum: Float32Array; events: Looks[]; facts: Facts } {
  const events = findEvents(fbank, melBins);
  const spectrum = describeSound(fbank, melBins, fbank.length / melBins);
  return {
    spectrum,
    events: events.map((event) => [describeEvent(event, fbank, melBins)]),
    facts: factsOf(soundFacts, { spectrum: [spectrum], events }),
  };
}
