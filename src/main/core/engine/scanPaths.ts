/**
 * The `scan` job: paths -> media files -> each registered in the library and queued for indexing as soon as it is
 * found, so that the first is indexed while the rest is looked for.
 */
import { basename } from 'node:path';
import PQueue from 'p-queue';
import { type JobResult, PlayheadError } from '../../../contract/index.ts';
import type { JobContext, JobRunner } from '../jobs/jobRunner.ts';
import type { EngineContext } from './engineContext.ts';
import { isSameVersion } from './identity.ts';
import { writePoster } from './posters.ts';
import { isSample, registerFile } from './registerFile.ts';
import { stepsBehind } from './scan/indexOrder.ts';
import { passedOverInWords } from './scan/passedOver.ts';
import { stillGrowing, unreadablePath } from './scan/pathErrors.ts';
import { mayBeGrowing, untilAtRest } from './scan/settle.ts';
import { type FoundFile, MediaWalk } from './scan/walkMedia.ts';

export interface ScanPayload {
  paths: string[];
}

/** Files that are opened side by side. */
export const FILES_AT_ONCE = 2;
/** Files that get a picture at once, so that a window is not empty; the others when all are found. */
const FIRST_SCREEN = 12;
/** Milliseconds that a scan waits for a file that is still being written. */
const PATIENCE_MS = 10 * 60_000;
/** Milliseconds between two reports. */
const REPORT_MS = 250;

export function scanRunner(engine: EngineContext): JobRunner {
  return async (job, context) => {
    const scan = new Scan(engine, context, job.payload as ScanPayload);
    return scan.run().finally(() => scan.rest()); // nothing is queued behind the back of a scan that was stopped
  };
}

class Scan {
  readonly #engine: EngineContext;
  readonly #context: JobContext;
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

  constructor(engine: EngineContext, context: JobContext, { paths }: ScanPayload) {
    this.#engine = engine;
    this.#context = context;
    this.#walk = new MediaWalk(paths, context.signal);
  }

  async run(): Promise<JobResult> {
    const { signal } = this.#context;
    await this.#context.progress(0, 'looking for media files');
    this.#waiting = await waitingPaths(this.#engine);
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
    for (const file of changed) await this.#take(file);
    await this.#showWaiting();
    return this.#result();
  }

  /** A few files at once: most of the time goes by in programs that read them. */
  async #takeUnlessChanged(file: FoundFile, changed: FoundFile[]): Promise<void> {
    if (await this.#isChanged(file)) {
      changed.push(file);
      return;
    }
    await this.#pool.onSizeLessThan(1);
    if (this.#failure) throw this.#failure.thrown;
    void this.#pool
      .add(() => this.#take(file))
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

  /** True for a path that is known with other content: that may be found again elsewhere in the same folder. */
  async #isChanged({ path, sizeBytes, modifiedMs }: FoundFile): Promise<boolean> {
    const known = await this.#engine.library.knownFileAt(path);
    return known !== null && (known.sizeBytes !== sizeBytes || Math.trunc(known.modifiedMs) !== Math.trunc(modifiedMs));
  }

  async #takeGrowing(growing: FoundFile[], changed: FoundFile[]): Promise<void> {
    if (growing.length === 0) return;
    await this.#report(`waiting for ${growing.length} that may still be written`);
    for await (const { file, isAtRest, error } of untilAtRest(growing, PATIENCE_MS, this.#context.signal)) {
      if (isAtRest) await this.#takeUnlessChanged(file, changed);
      else this.#walk.rejected.push(error === null ? stillGrowing(file.path) : unreadablePath(file.path, error));
    }
  }

  /**
   * A file that cannot be read is queued as well: its own job then fails by name with the reason, and
   * "retry" on that job is what a person does once the file is mended.
   */
  async #take({ path, sizeBytes, modifiedMs }: FoundFile): Promise<void> {
    const { library, queue, emit } = this.#engine;
    this.#context.signal.throwIfAborted();
    if (this.#waiting.has(path)) return;
    const known = await library.knownFileAt(path);
    const version = { sizeBytes, modifiedMs: Math.trunc(modifiedMs) };
    const isReady = known?.state === 'ready' && (await isSameVersion(known, version).catch(() => false));
    const file = isReady ? null : await registerFile(this.#engine, path, this.#context.signal).catch(() => null);
    this.#context.signal.throwIfAborted();
    if (isReady || file?.needsIndex === false) {
      this.#unchanged++;
      return;
    }
    if (file) await library.setMediaState(file.item.id, 'queued');
    await queue().enqueue({
      kind: 'index',
      title: basename(path),
      mediaId: file?.item.id ?? null,
      parentId: this.#context.job.id,
      payload: { path },
      givesWay: stepsBehind(sizeBytes, isSample(this.#engine, path)),
    });
    if (!file) return;
    const mediaId = file.item.id;
    emit({ type: 'libraryChanged', mediaIds: [mediaId] });
    if (this.#shown++ < FIRST_SCREEN) await this.#show(mediaId);
    else this.#withoutPicture.push(mediaId);
  }

  /** Files whose turn has not come yet get a picture meanwhile. */
  async #showWaiting(): Promise<void> {
    for (const mediaId of this.#withoutPicture) await this.#show(mediaId);
  }

  async #show(mediaId: string): Promise<void> {
    this.#context.signal.throwIfAborted();
    const detail = await this.#engine.library.getMedia(mediaId).catch(() => null);
    if (detail?.item.state !== 'queued' || detail.item.thumbnail !== null) return;
    await this.#report(`making a picture of ${detail.item.fileName}`);
    await writePoster(this.#engine, detail.item, this.#context.signal);
    this.#engine.emit({ type: 'libraryChanged', mediaIds: [mediaId] });
  }

  async #result(): Promise<JobResult> {
    const passedOver = this.#walk.passedOver.list();
    const result: JobResult = {
      queued: this.#found,
      unchanged: this.#unchanged,
      rejected: this.#walk.rejected,
      passedOver,
      notices: passedOver.map(passedOverInWords),
    };
    const first = this.#walk.rejected[0];
    if (this.#found > 0 || !first) return result;
    await this.#context.finishWith(result);
    throw new PlayheadError(first);
  }

  async #report(stage: string): Promise<void> {
    if (Date.now() - this.#reportedMs < REPORT_MS) return;
    this.#reportedMs = Date.now();
    await this.#context.progress(0.9 * this.#walk.share, stage);
  }
}

async function waitingPaths(engine: EngineContext): Promise<Set<string>> {
  const open = await engine.library.listJobs({ states: ['queued', 'running', 'paused'], limit: 100_000 });
  return new Set(open.flatMap((job) => (job.kind === 'index' ? [(job.payload as { path: string }).path] : [])));
}
