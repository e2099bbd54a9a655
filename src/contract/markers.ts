/** Places in a file that a person marked, and chapters that a person made. The person's own words: no index touches them. */
import * as z from 'zod';

const seconds = z.number().finite().min(0).max(1e6);

/** A place (`endSec` null), or a chapter. Times are seconds. */
export const markerSchema = z
  .object({
    id: z.string().min(1).max(200),
    startSec: seconds,
    endSec: seconds.nullable().default(null),
    text: z.string().trim().max(500),
  })
  .refine(({ startSec, endSec }) => endSec === null || endSec > startSec, 'a chapter must end after its start');
export type Marker = z.infer<typeof markerSchema>;
