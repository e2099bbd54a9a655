/**
 * The `scan` job: paths -> media files, each in the library by its name and queued as soon as it is found, so that the
 * first is indexed while the rest is looked for.
 */
import { basename } from 'node:path';
import * as z from 'zod';
import { type JobResults, PlayheadError } from '../../../contract/index.ts';
import { oldToolNotice } from '../../media/locateFfmpeg.ts';
import type { LibraryApi } from '../../ports/libraryApi.ts';
import type { EngineFolders } from '../folders.ts';
import { defineJob } from '../queue/defineJob.ts';
import type { JobAttempt } from '../queue/jobAttempt.ts';
import type { JobQueue } from '../queue/jobQueue.ts';
import { leaveOut } from '../scan/leaveOut.ts';
import { noteMissing } from '../scan/noteMissing.ts';
import { passedOverInWords } from '../scan/passedOver.ts';
import { stillGrowing, unreadablePath } from '../scan/pathErrors.ts';
import { mayBeGrowing, untilAtRest } from '../scan/settle.ts';
import { FileTaker, type TakeNeeds } from '../scan/takeFiles.ts';
import { type FoundFile, MediaWalk } from '../scan/walkMedia.ts';
import { openFoundFiles } from './probeJob.ts';
import { storedError, storedNotices } from './storedShapes.ts';

export interface ScanNeeds extends TakeNeeds {
  library: TakeNeeds['library'] &
    Pick<LibraryApi, 'listRoots' | 'changeRoot' | 'listFilesAt' | 'listUnread' | 'listJobs'>;
  folders: EngineFolders;
  /** The queue knows its kinds of jobs and they know the queue: it is asked for late. */
  queue(): Pick<JobQueue, 'enqueue' | 'enqueueAll'>;
}

const payload = z.object({
  paths: z.array(z.string()),
  /** What it is called instead of its paths. */
  name: z.string().optional(),
  /** A kept folder is looked through again: what the person removed from the library stays away. */
  isRescan: z.boolean().optional(),
});
export type ScanPayload = z.infer<typeof payload>;

const passedOver = z.object({ reason: z.string(), count: z.number(), examples: z.array(z.string()) });

export const scanJob = defineJob({
  kind: 'scan',
  lane: 'looking',
  priority: 50,
  afterKill: 'requeue',
  payload,
  result: z.object({
    queued: z.number(),
    unchanged: z.number(),
    rejected: z.array(storedError),
    passedOver: z.array(passedOver).default([]),
    notices: storedNotices.default([]),
  }),
  title: ({ paths, name }) => name ?? (paths.length === 1 ? `${paths[0]}` : `${paths[0]} and ${paths.length - 1} more`),
  paths: ({ paths }) => paths,
  async run(needs: ScanNeeds, attempt) {
    const scan = await Scan.over(needs, attempt);
    return scan.run().finally(() => scan.rest()); // nothing is queued behind the back of a scan that was stopped
  },
});

/** Milliseconds that a scan waits for a file that is still being written. */
const PATIENCE_MS = 10 * 60_000;
/** Milliseconds between two reports. */
const REPORT_MS = 250;

class Scan {
  readonly #needs: ScanNeeds;
  readonly #attempt: JobAttempt<ScanPayload>;
  readonly #walk: MediaWalk;
  readonly #taker: FileTaker;
  readonly #found = new Set<string>();
  #reportedMs = 0;

  static async over(needs: ScanNeeds, attempt: JobAttempt<ScanPayload>): Promise<Scan> {
    const roots = await needs.library.listRoots();
    const walk = new MediaWalk(attempt.payload.paths, {
      signal: attempt.signal,
      leaveOut: leaveOut(roots, needs.folders.library),
    });
    return new Scan(needs, attempt, walk);
  }

  private constructor(needs: ScanNeeds, attempt: JobAttempt<ScanPayload>, walk: MediaWalk) {
    const { signal, job, payload } = attempt;
    this.#needs = needs;
    this.#attempt = attempt;
    this.#walk = walk;
    const isAsked = payload.isRescan !== true;
    this.#taker = new FileTaker(needs, { signal, parentId: job.id, isAsked, looksCloser: true });
  }

  async run(): Promise<JobResults['scan']> {
    const { signal } = this.#attempt;
    await this.#attempt.progress(0, 'looking for media files');
    const growing: FoundFile[] = [];
    for await (const file of this.#walk.files()) {
      signal.throwIfAborted();
      this.#found.add(file.path);
      await this.#report(`${this.#found.size} found, ${basename(file.path)}`);
      const isAtRest = !mayBeGrowing(file.modifiedMs);
      if (!isAtRest) growing.push(file);
      await this.#taker.take(file, isAtRest);
    }
    await this.#taker.finish();
    await openFoundFiles(this.#needs);
    await this.#takeGrowing(growing);
    await this.#closeRoots();
    return this.#result();
  }

  rest(): Promise<void> {
    return this.#taker.rest();
  }

  async #takeGrowing(growing: FoundFile[]): Promise<void> {
    if (growing.length === 0) return;
    await this.#report(`waiting for ${growing.length} that may still be written`);
    for await (const { file, isAtRest, error } of untilAtRest(growing, PATIENCE_MS, this.#attempt.signal)) {
      if (isAtRest) await this.#taker.take(file);
      else this.#walk.rejected.push(error === null ? stillGrowing(file.path) : unreadablePath(file.path, error));
    }
    await this.#taker.finish();
    await openFoundFiles(this.#needs);
  }

  /** What the library has of a folder that was looked through, and was not met in it, is away. */
  async #closeRoots(): Promise<void> {
    const { signal, payload } = this.#attempt;
    for (const path of payload.paths) await noteMissing(this.#needs, path, (met) => this.#found.has(met), signal);
    const lookedAt = new Date().toISOString();
    for (const root of await this.#needs.library.listRoots())
      if (payload.paths.includes(root.path)) await this.#needs.library.changeRoot(root.id, { lookedAt });
  }

  async #result(): Promise<JobResults['scan']> {
    for (const path of this.#taker.unwanted) this.#walk.passedOver.add('files that you removed from the library', path);
    const passedOver = this.#walk.passedOver.list();
    const oldTool = await oldToolNotice();
    const result: JobResults['scan'] = {
      queued: this.#found.size,
      unchanged: this.#taker.unchanged,
      rejected: this.#walk.rejected,
      passedOver,
      notices: [...passedOver.map(passedOverInWords), ...(oldTool ? [oldTool] : [])],
    };
    const first = this.#walk.rejected[0];
    if (this.#found.size > 0 || !first) return result;
    await this.#attempt.finishWith(result);
    throw new PlayheadError(first);
  }

  async #report(stage: string): Promise<void> {
    if (Date.now() - this.#reportedMs < REPORT_MS) return;
    this.#reportedMs = Date.now();
    await this.#attempt.progress(0.9 * this.#walk.share, stage);
  }
}
