/**
 * The `probe` job: files that are known by their names alone are opened, the smallest first, so that each shows what it
 * is and a picture while the index is still to come. One such job serves all that is found while it runs.
 */
import PQueue from 'p-queue';
import * as z from 'zod';
import type { JobResults } from '../../../contract/index.ts';
import type { LibraryApi } from '../../ports/libraryApi.ts';
import type { EngineFolders } from '../folders.ts';
import type { MediaStates } from '../mediaStates.ts';
import { writePoster } from '../posters.ts';
import { defineJob } from '../queue/defineJob.ts';
import type { JobAttempt } from '../queue/jobAttempt.ts';
import type { JobQueue } from '../queue/jobQueue.ts';
import { type RegisteredFile, type RegisterNeeds, registerFile } from '../registerFile.ts';

export interface ProbeNeeds extends RegisterNeeds {
  library: RegisterNeeds['library'] & Pick<LibraryApi, 'listUnread' | 'getMedia' | 'keepSubtitles'>;
  states: MediaStates;
  folders: EngineFolders;
}

const payload = z.object({});

export const probeJob = defineJob({
  kind: 'probe',
  lane: 'probing',
  priority: 20,
  afterKill: 'requeue',
  payload,
  result: z.object({ files: z.number() }),
  title: () => 'what is new',
  run: (needs: ProbeNeeds, attempt) => new Probe(needs, attempt).run(),
});

export interface OpenNeeds {
  library: Pick<LibraryApi, 'listUnread' | 'listJobs'>;
  queue(): Pick<JobQueue, 'enqueue'>;
}

/** Puts the job into the queue, where there is anything to open and none is waiting: one that runs may be at its end. */
export async function openFoundFiles({ library, queue }: OpenNeeds): Promise<void> {
  if ((await library.listUnread(1, [])).length === 0) return;
  const waiting = await library.listJobs({ kinds: [probeJob.kind], states: ['queued', 'paused'], limit: 1 });
  if (waiting.length === 0) await queue().enqueue(probeJob.create({}));
}

/** Files that are opened side by side. */
export const FILES_AT_ONCE = 2;
/** Rows that are fetched at once. */
const PAGE = 50;
/** Files that get a picture at once, so that a window is not empty; the others when all are opened. */
const FIRST_SCREEN = 12;
/** The stage in which everything that was found has been opened. */
export const MAKING_PICTURES = 'making pictures';
/** Milliseconds between two reports. */
const REPORT_MS = 250;

class Probe {
  readonly #needs: ProbeNeeds;
  readonly #attempt: JobAttempt;
  /** Files that cannot be read. */
  readonly #failed: string[] = [];
  #opened = 0;
  readonly #withoutPicture: string[] = [];
  #reportedMs = 0;

  constructor(needs: ProbeNeeds, attempt: JobAttempt) {
    this.#needs = needs;
    this.#attempt = attempt;
  }

  async run(): Promise<JobResults['probe']> {
    await this.#attempt.progress(0, 'opening files');
    do {
      for (let page = await this.#unread(); page.length > 0; page = await this.#unread()) await this.#open(page);
      if (this.#withoutPicture.length > 0) await this.#attempt.progress(0.5, MAKING_PICTURES);
      while (this.#withoutPicture.length > 0) await this.#show(this.#withoutPicture.shift() as string);
    } while ((await this.#unread()).length > 0);
    return { files: this.#opened };
  }

  #unread() {
    return this.#needs.library.listUnread(PAGE, this.#failed);
  }

  async #open(page: readonly { id: string; path: string }[]): Promise<void> {
    const pool = new PQueue({ concurrency: FILES_AT_ONCE });
    const failures: unknown[] = [];
    for (const file of page) void pool.add(() => this.#read(file)).catch((thrown: unknown) => failures.push(thrown));
    await pool.onIdle();
    if (failures.length > 0) throw failures[0];
  }

  /** One that cannot be read is told by its own index job. */
  async #read({ id, path }: { id: string; path: string }): Promise<void> {
    const { signal } = this.#attempt;
    signal.throwIfAborted();
    const file = await registerFile(this.#needs, path, signal).catch(() => null);
    signal.throwIfAborted();
    if (file === null) this.#failed.push(id);
    if (file === null) return;
    this.#opened++;
    await this.#report(path);
    await this.#keepSubtitles(file);
    if (file.item.state === 'registered' && file.needsIndex) await this.#needs.states.move(file.item.id, 'queued');
    else this.#needs.states.announce(file.item.id);
    if (file.item.id !== id) this.#needs.states.announce(); // it turned out to be another one: the list has changed
    if (this.#opened <= FIRST_SCREEN) await this.#show(file.item.id);
    else this.#withoutPicture.push(file.item.id);
  }

  /** What is said is found while the scenes are still to be looked for. What is odd about them is told by the index job. */
  async #keepSubtitles({ item, media, needsIndex }: RegisteredFile): Promise<void> {
    if (!needsIndex) return;
    const { signal } = this.#attempt;
    const { cues } = await media.subtitles({ signal }).catch(() => ({ cues: [] }));
    signal.throwIfAborted();
    if (cues.length === 0) return;
    const subtitles = cues.map((cue) => ({ ...cue, kind: 'subtitle' as const, confidence: null }));
    await this.#needs.library.keepSubtitles(item.id, subtitles);
  }

  async #show(mediaId: string): Promise<void> {
    this.#attempt.signal.throwIfAborted();
    const detail = await this.#needs.library.getMedia(mediaId).catch(() => null);
    if (detail?.item.state !== 'queued' || detail.item.thumbnail !== null) return;
    await writePoster(this.#needs.folders, detail.item, this.#attempt.signal);
    this.#needs.states.announce(mediaId);
  }

  async #report(path: string): Promise<void> {
    if (Date.now() - this.#reportedMs < REPORT_MS) return;
    this.#reportedMs = Date.now();
    await this.#attempt.progress(0, `${this.#opened} opened, ${path}`);
  }
}
