/** How far a file is indexed: what an interrupted run goes on with. */
import * as z from 'zod';
import { storedNotices, storedTimings } from '../jobs/storedShapes.ts';

export const indexCheckpoint = z.object({
  /** Of the content that was read; another content begins anew. */
  fingerprint: z.string(),
  /** Of the segments that are in the library. */
  segmentsDone: z.int().min(0),
  notices: storedNotices,
  timings: storedTimings,
});
export type IndexCheckpoint = z.infer<typeof indexCheckpoint>;
