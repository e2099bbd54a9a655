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
