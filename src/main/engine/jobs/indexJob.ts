/**
 * The `index` job of one file. It stops between segments and goes on there; a file that changes while it is read is
 * read again. What is done with it is in `indexing/`.
 */
import { basename, sep } from 'node:path';
import * as z from 'zod';
import { cancelled, type JobResults, type PlayheadError, toErrorInfo } from '../../../contract/index.ts';
import type { ForgottenFile, LibraryApi, StoredJob } from '../../ports/libraryApi.ts';
import { ChangedWhileRead } from '../identity.ts';
import { begunScenes, indexCheckpoint } from '../indexing/checkpoint.ts';
import { type IndexMediaNeeds, indexMedia } from '../indexing/indexMedia.ts';
import type { MediaStates } from '../mediaStates.ts';
import { defineJob } from '../queue/defineJob.ts';
import { type JobAttempt, PausedSignal } from '../queue/jobAttempt.ts';
import { type RegisterNeeds, registerFile } from '../registerFile.ts';
import { stepsBehind } from '../scan/indexOrder.ts';
import { isAtRestWithin } from '../scan/settle.ts';
import { storedNotices, storedTimings } from './storedShapes.ts';

/** How often a file that changes while it is read is read again, and how long its rest is waited for. */
const MOST_ATTEMPTS = 3;
const PATIENCE_MS = 10 * 60_000;

export interface IndexNeeds extends RegisterNeeds, IndexMediaNeeds {
  library: RegisterNeeds['library'] & IndexMediaNeeds['library'] & Pick<LibraryApi, 'mediaFile' | 'listRoots'>;
  states: MediaStates;
  folders: RegisterNeeds['folders'] & IndexMediaNeeds['folders'];
}

const payload = z.object({
  path: z.string(),
  /** Build the index anew even when the file is known and unchanged. */
  force: z.boolean().optional(),
  /** Set once the segments are stored. One that cannot be read is none. */
  checkpoint: indexCheckpoint.optional().catch(undefined),
  /** Set while its scenes are looked for. */
  scenes: begunScenes.optional().catch(undefined),
});
export type IndexPayload = z.infer<typeof payload>;

/** What gives way goes down from here. */
export const INDEX_PRIORITY = 20;

export const indexJob = defineJob({
  kind: 'index',
  lane: 'background',
  priority: INDEX_PRIORITY,
  afterKill: 'requeue',
  payload,
  result: z.object({ segments: z.number(), timings: storedTimings.optional(), notices: storedNotices.optional() }),
  title: ({ path }) => basename(path),
  paths: ({ path }) => [path],
  run: indexUntilAtRest,
  async withdrawn({ states }: IndexNeeds, { mediaId }) {
    if (mediaId !== null) await states.stopWaiting(mediaId);
  },
});

/** The job that indexes a file of the library, in its place among the others. */
export function indexJobFor({ id, path, sizeBytes, isSample }: ForgottenFile): StoredJob {
  return indexJob.create({ path }, { mediaId: id, lowersPriorityBy: stepsBehind(sizeBytes, isSample) });
}

async function indexUntilAtRest(needs: IndexNeeds, attempt: JobAttempt<IndexPayload>): Promise<JobResults['index']> {
  await attempt.progress(0, 'reading the file');
  for (let tries = 1; ; tries++) {
    try {
      return await indexOnce(needs, attempt);
    } catch (thrown) {
      const mayTryAgain = tries < MOST_ATTEMPTS && !attempt.signal.aborted;
      if (mayTryAgain && hasLostItsSegments(thrown)) continue;
      if (!mayTryAgain || !(thrown instanceof ChangedWhileRead)) throw thrown;
      await attempt.progress(0, 'waiting: the file is being written');
      await isAtRestWithin(attempt.payload.path, PATIENCE_MS, attempt.signal);
    }
  }
}

/** The index was found damaged meanwhile, and an empty one is in its place: the file begins anew there. */
function hasLostItsSegments(thrown: unknown): boolean {
  return toErrorInfo(thrown).code === 'not-found';
}

async function indexOnce(needs: IndexNeeds, attempt: JobAttempt<IndexPayload>): Promise<JobResults['index']> {
  const { payload, signal, job } = attempt;
  // A file may have moved while it waited.
  const path = (job.mediaId !== null && (await needs.library.mediaFile(job.mediaId))) || payload.path;
  const file = await registerFile(needs, path, signal).catch(async (thrown: unknown) => {
    if (job.mediaId === null || signal.aborted) throw thrown;
    if (await isAway(needs, path, thrown)) throw await waitForItsReturn(needs.states, job.mediaId, path);
    await fail(needs.states, job.mediaId, thrown);
    throw thrown;
  });
  const { item } = file;
  await attempt.attachTo(item.id);
  if (!file.needsIndex && !payload.force) return { segments: item.segmentCount };
  await needs.states.move(item.id, 'indexing');
  try {
    const { notices, ...result } = await indexMedia({
      ...{ needs, attempt, file },
      earlier: payload.checkpoint,
      keep: (checkpoint) => attempt.checkpoint({ ...payload, scenes: undefined, checkpoint }),
      scenes: { begun: payload.scenes, keep: (scenes) => attempt.checkpoint({ ...payload, scenes }) },
    });
    await needs.states.move(item.id, 'ready', { notices });
    return { ...result, notices };
  } catch (thrown) {
    const why = signal.aborted ? signal.reason : thrown;
    // A pause is waited out; a cancel leaves the file in the library without an index.
    if (why instanceof PausedSignal) await needs.states.move(item.id, 'queued');
    else if (signal.aborted) await needs.states.move(item.id, 'registered');
    else await fail(needs.states, item.id, thrown);
    throw thrown;
  }
}

/** A file of a kept folder that is not in its place is no failure: its turn comes when it is back. */
async function isAway({ library }: IndexNeeds, path: string, thrown: unknown): Promise<boolean> {
  if (toErrorInfo(thrown).code !== 'file-not-found') return false;
  return (await library.listRoots()).some((root) =>
    path.startsWith(root.path.endsWith(sep) ? root.path : root.path + sep),
  );
}

/** What the job ends with. */
async function waitForItsReturn(states: MediaStates, mediaId: string, path: string): Promise<PlayheadError> {
  await states.setOffline([mediaId], true);
  return cancelled(path);
}

function fail(states: MediaStates, mediaId: string, thrown: unknown): Promise<void> {
  return states.move(mediaId, 'failed', { error: toErrorInfo(thrown) });
}
