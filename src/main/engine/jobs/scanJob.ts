/**
 * The `scan` job: paths -> media files -> each registered in the library and queued for indexing as soon as it is
 * found, so that the first is indexed while the rest is looked for.
 */
import { basename } from 'node:path';
import PQueue from 'p-queue';
import * as z from 'zod';
import { type JobResults, PlayheadError } from '../../../contract/index.ts';
import { oldToolNotice } from '../../media/locateFfmpeg.ts';
import type { KnownFile, LibraryApi } from '../../ports/libraryApi.ts';
import type { EngineFolders } from '../folders.ts';
import { isSameVersion } from '../identity.ts';
import type { MediaStates } from '../mediaStates.ts';
import { writePoster } from '../posters.ts';
import { defineJob } from '../queue/defineJob.ts';
import type { JobAttempt } from '../queue/jobAttempt.ts';
import type { JobQueue } from '../queue/jobQueue.ts';
import { isSample, type RegisterNeeds, registerFile } from '../registerFile.ts';
import { stepsBehind } from '../scan/indexOrder.ts';
import { passedOverInWords } from '../scan/passedOver.ts';
import { stillGrowing, unreadablePath } from '../scan/pathErrors.ts';
import { mayBeGrowing, untilAtRest } from '../scan/settle.ts';
import { type FoundFile, MediaWalk } from '../scan/walkMedia.ts';
import { indexJob } from './indexJob.ts';
import { storedError, storedNotices } from './storedShapes.ts';

export interface ScanNeeds extends RegisterNeeds {
  library: RegisterNeeds['library'] & Pick<LibraryApi, 'knownFileAt' | 'getMedia'>;
  states: MediaStates;
  folders: EngineFolders;
  /** The queue knows its kinds of jobs and they know the queue: it is asked for late. */
  queue(): Pick<JobQueue, 'enqueue' | 'listOpen'>;
}

const payload = z.object({
  paths: z.array(z.string()),
  /** What it is called instead of its paths. */
  name: z.string().optional(),
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
  run(needs: ScanNeeds, attempt) {
    const scan = new Scan(needs, attempt);
    return scan.run().finally(() => scan.rest()); // nothing is queued behind the back of a scan that was stopped
  },
});

/** Files that are opened side by side. */
export const FILES_AT_ONCE = 2;
/** Files that get a picture at once, so that a window is not empty; the others when all are found. */
const FIRST_SCREEN = 12;
/** Milliseconds that a scan waits for a file that is still being written. */
const PATIENCE_MS = 10 * 60_000;
/** Milliseconds between two reports. */
const REPORT_MS = 250;

class Scan {
  readonly #needs: ScanNeeds;
  readonly #attempt: JobAttempt<ScanPayload>;
  readonly #walk: MediaWalk;
  /** Paths of files whose turn will come anyway. */
  #waiting = new Set<string>();
  #found = 0;
  #unchanged = 0;
  #reportedMs = 0;
  #shown = 0;
  readonly #withoutPicture: string[] = [];
  readonly #pool = new PQueue({ concurrency: FILES_AT_ONCE });
  #failure: { thrown: unknown } | null = null;

  constructor(needs: ScanNeeds, attempt: JobAttempt<ScanPayload>) {
    this.#needs = needs;
    this.#attempt = attempt;
    this.#walk = new MediaWalk(attempt.payload.paths, attempt.signal);
  }

  async run(): Promise<JobResults['scan']> {
    const { signal } = this.#attempt;
    await this.#attempt.progress(0, 'looking for media files');
    this.#waiting = await waitingPaths(this.#needs);
    const growing: FoundFile[] = [];
    const changed: FoundFile[] = [];
    for await (const file of this.#walk.files()) {
      signal.throwIfAborted();
      this.#found++;
      await this.#report(`${this.#found} found, ${basename(file.path)}`);
      if (mayBeGrowing(file.modifiedMs)) growing.push(file);
      else await this.#takeUnlessChanged(file, changed);
    }
    await this.#takeGrowing(growing, changed);
    await this.#allTaken();
    // What was known at its path and moved on was met under its new path by now.
    for (const file of changed) await this.#take(file, null);
    await this.#showWaiting();
    return this.#result();
  }

  /** A few files at once: most of the time goes by in programs that read them. */
  async #takeUnlessChanged(file: FoundFile, changed: FoundFile[]): Promise<void> {
    const known = await this.#needs.library.knownFileAt(file.path);
    if (known !== null && isChanged(known, file)) {
      changed.push(file);
      return;
    }
    await this.#pool.onSizeLessThan(1);
    if (this.#failure) throw this.#failure.thrown;
    void this.#pool
      .add(() => this.#take(file, known))
      .catch((thrown: unknown) => {
        this.#failure ??= { thrown };
      });
  }

  /** Resolves when nothing is at work for this scan any more. */
  async rest(): Promise<void> {
    this.#pool.clear();
    await this.#pool.onIdle();
  }

  async #allTaken(): Promise<void> {
    await this.#pool.onIdle();
    if (this.#failure) throw this.#failure.thrown;
  }

  async #takeGrowing(growing: FoundFile[], changed: FoundFile[]): Promise<void> {
    if (growing.length === 0) return;
    await this.#report(`waiting for ${growing.length} that may still be written`);
    for await (const { file, isAtRest, error } of untilAtRest(growing, PATIENCE_MS, this.#attempt.signal)) {
      if (isAtRest) await this.#takeUnlessChanged(file, changed);
      else this.#walk.rejected.push(error === null ? stillGrowing(file.path) : unreadablePath(file.path, error));
    }
  }

  /**
   * A file that cannot be read is queued as well: its own job then fails by name with the reason, and
   * "retry" on that job is what a person does once the file is mended.
   * @param known what is known at its path, unless that is another version: then the file is registered in any case
   */
  async #take({ path, sizeBytes, modifiedMs }: FoundFile, known: KnownFile | null): Promise<void> {
    const { queue, states, folders } = this.#needs;
    const { signal, job } = this.#attempt;
    signal.throwIfAborted();
    if (this.#waiting.has(path)) return;
    const version = { sizeBytes, modifiedMs: Math.trunc(modifiedMs) };
    const isReady = known?.state === 'ready' && (await isSameVersion(known, version).catch(() => false));
    const file = isReady ? null : await registerFile(this.#needs, path, signal).catch(() => null);
    signal.throwIfAborted();
    if (isReady || file?.needsIndex === false) {
      this.#unchanged++;
      return;
    }
    const mediaId = file?.item.id ?? null;
    if (mediaId) await states.move(mediaId, 'queued');
    const lowersPriorityBy = stepsBehind(sizeBytes, isSample(folders, path));
    await queue().enqueue(indexJob.create({ path }, { mediaId, parentId: job.id, lowersPriorityBy }));
    if (!mediaId) return;
    if (this.#shown++ < FIRST_SCREEN) await this.#show(mediaId);
    else this.#withoutPicture.push(mediaId);
  }

  /** Files whose turn has not come yet get a picture meanwhile. */
  async #showWaiting(): Promise<void> {
    for (const mediaId of this.#withoutPicture) await this.#show(mediaId);
  }

  async #show(mediaId: string): Promise<void> {
    this.#attempt.signal.throwIfAborted();
    const detail = await this.#needs.library.getMedia(mediaId).catch(() => null);
    if (detail?.item.state !== 'queued' || detail.item.thumbnail !== null) return;
    await this.#report(`making a picture of ${detail.item.fileName}`);
    await writePoster(this.#needs.folders, detail.item, this.#attempt.signal);
    this.#needs.states.announce(mediaId);
  }

  async #result(): Promise<JobResults['scan']> {
    const passedOver = this.#walk.passedOver.list();
    const oldTool = await oldToolNotice();
    const result: JobResults['scan'] = {
      queued: this.#found,
      unchanged: this.#unchanged,
      rejected: this.#walk.rejected,
      passedOver,
      notices: [...passedOver.map(passedOverInWords), ...(oldTool ? [oldTool] : [])],
    };
    const first = this.#walk.rejected[0];
    if (this.#found > 0 || !first) return result;
    await this.#attempt.finishWith(result);
    throw new PlayheadError(first);
  }

  async #report(stage: string): Promise<void> {
    if (Date.now() - this.#reportedMs < REPORT_MS) return;
    this.#reportedMs = Date.now();
    await this.#attempt.progress(0.9 * this.#walk.share, stage);
  }
}

async function waitingPaths({ queue }: ScanNeeds): Promise<Set<string>> {
  const open = await queue().listOpen();
  return new Set(open.flatMap((job) => indexJob.read(job)?.path ?? []));
}

/** True for a path that is known with other content: that may be found again elsewhere in the same folder. */
function isChanged(known: KnownFile, { sizeBytes, modifiedMs }: FoundFile): boolean {
  return known.sizeBytes !== sizeBytes || Math.trunc(known.modifiedMs) !== Math.trunc(modifiedMs);
}
