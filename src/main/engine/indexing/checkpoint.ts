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

const seconds = z.array(z.number());

/** How far the search for scenes got, until the segments are stored. */
export const begunScenes = z.object({
  fingerprint: z.string(),
  progress: z.object({
    doneSec: z.number(),
    isComplete: z.boolean(),
    cuts: seconds,
    damagedAtSec: seconds,
    complainedAtSec: seconds,
    absentAtSec: seconds,
  }),
});
export type BegunScenes = z.infer<typeof begunScenes>;
