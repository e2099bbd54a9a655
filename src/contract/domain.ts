/** What a model of a bounded world says about footage from outside it. */
import * as z from 'zod';

export const domainScoreSchema = z.object({
  /**
   * How many of the world's own clips lie as far out as this one or farther, 0 to 1: about 0.5 for a usual clip of
   * that world, 0 for footage that has nothing to do with it. Of picture and sound the lower one.
   */
  score: z.number().min(0).max(1),
  picture: z.number().min(0).max(1).nullable(),
  /** Null where the sound was not listened to. */
  sound: z.number().min(0).max(1).nullable(),
  /** False: the model does not know footage like this, and does not answer about it. */
  isInDomain: z.boolean(),
});
export type DomainScore = z.infer<typeof domainScoreSchema>;

/** The whole answer about footage from outside; programs read `provenance.stopReason` ("out-of-domain") instead. */
export const outOfDomainAnswer = 'The sample model does not know footage like this.';

/** Seconds: in less, what moves cannot be told from what stands still, and a sound not from a click. */
const shortestKnownSec = 1;

/** The whole answer about a clip that shows too little of itself, as `outOfDomainAnswer`; null for a long enough one. */
export function tooShortAnswer(seconds: number): string | null {
  if (seconds >= shortestKnownSec) return null;
  const length = `${Number(seconds.toFixed(2))} s`;
  return `This is too short for the sample model (${length}): it needs at least one second.`;
}
