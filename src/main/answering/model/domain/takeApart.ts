/** What is seen and heard of a clip, taken apart once: descriptors of its single things, and plain facts. */
import { describeEvent } from './describeEvent.ts';
import { describeFigure } from './describeFigure.ts';
import { describeSound } from './descriptors.ts';
import { type Facts, factsOf, pictureFacts, soundFacts } from './facts.ts';
import { findFigures, type Picture } from './figures.ts';
import { describeGround } from './ground.ts';
import { findEvents } from './soundEvents.ts';

export interface TakenApart {
  /** Descriptors of figures, or of what is heard at once. */
  things: Float32Array[];
  facts: Facts;
}

/** @param frames different ones, at least one, small and with the proportions of the screen (see `smallPicture`) */
export function takePictureApart(frames: readonly Picture[]): TakenApart {
  const seen = frames.map((frame) => {
    const figures = findFigures(frame);
    return { frame, figures, ground: describeGround(frame, figures) };
  });
  return {
    things: seen.flatMap(({ frame, figures }) => figures.map((figure) => describeFigure(figure, frame))),
    facts: factsOf(pictureFacts, seen),
  };
}

/**
 * @param fbank (F, melBins), normalised, without padding
 * @returns with the spectrum as `describeSound` gives it
 */
export function takeSoundApart(fbank: Float32Array, melBins: number): TakenApart & { spectrum: Float32Array } {
  const events = findEvents(fbank, melBins);
  const spectrum = describeSound(fbank, melBins, fbank.length / melBins);
  return {
    spectrum,
    things: events.map((event) => describeEvent(event, fbank, melBins)),
    facts: factsOf(soundFacts, { spectrum: [spectrum], events }),
  };
}
