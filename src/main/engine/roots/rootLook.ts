/** A look at a folder that is kept: at what is said to have changed, or at all of it. */
import { sep } from 'node:path';
import type { LibraryApi } from '../../ports/libraryApi.ts';
import type { StoredRoot } from '../../ports/rootsApi.ts';
import type { EngineFolders } from '../folders.ts';
import { indexForgottenFiles } from '../forgottenFiles.ts';
import { openFoundFiles } from '../jobs/probeJob.ts';
import type { JobQueue } from '../queue/jobQueue.ts';
import type { LeaveOut } from '../scan/leaveOut.ts';
import { filesAt, noteMissing } from '../scan/noteMissing.ts';
import { mayBeGrowing } from '../scan/settle.ts';
import { FileTaker, type TakeNeeds } from '../scan/takeFiles.ts';
import { type FoundFile, MediaWalk } from '../scan/walkMedia.ts';
import type { Change } from './liveWatch.ts';

export interface RootLookNeeds extends TakeNeeds {
  library: TakeNeeds['library'] &
    Pick<LibraryApi, 'listFilesAt' | 'listUnread' | 'listForgottenFiles' | 'changeRoot' | 'listJobs'>;
  folders: EngineFolders;
  queue(): Pick<JobQueue, 'enqueue' | 'enqueueAll'>;
  leaveOut(): Promise<LeaveOut>;
}

export class RootLook {
  readonly #needs: RootLookNeeds;
  readonly #root: StoredRoot;
  readonly #signal: AbortSignal;
  /** Files that changed so lately that they may still be written, as they were when they were last looked at. */
  readonly #growing = new Map<string, FoundFile>();
  readonly #onGrowing: () => void;

  constructor(needs: RootLookNeeds, root: StoredRoot, signal: AbortSignal, onGrowing: () => void) {
    this.#needs = needs;
    this.#root = root;
    this.#signal = signal;
    this.#onGrowing = onGrowing;
  }

  /** What came is taken before what went is looked for: a file that moved is found first. */
  async at(changes: readonly Change[]): Promise<void> {
    const walk = await this.#walk();
    const came = changes.filter(({ isGone }) => !isGone).map(({ path }) => path);
    await this.#take(walk.filesAmong([...new Set([...came, ...this.#growing.keys()])]));
    for (const path of outermost(changes.filter(({ isGone }) => isGone).map((change) => change.path)))
      await noteMissing(this.#needs, path, () => false, this.#signal);
  }

  /** All of it, by names, sizes and times. */
  async atAll(): Promise<void> {
    const { library } = this.#needs;
    const known = new Map<string, { sizeBytes: number; modifiedMs: number; isOffline: boolean }>();
    for await (const file of filesAt(this.#needs, this.#root.path)) known.set(file.path, file);
    const met = new Set<string>();
    const walk = await this.#walk();
    async function* other(): AsyncGenerator<FoundFile> {
      for await (const file of walk.files()) {
        met.add(file.path);
        const before = known.get(file.path);
        if (before === undefined || before.isOffline || !isSame(before, file)) yield file;
      }
    }
    await this.#take(other());
    await noteMissing(this.#needs, this.#root.path, (path) => met.has(path), this.#signal);
    await library.changeRoot(this.#root.id, { lookedAt: new Date().toISOString() });
  }

  async #walk(): Promise<MediaWalk> {
    return new MediaWalk([this.#root.path], { signal: this.#signal, leaveOut: await this.#needs.leaveOut() });
  }

  async #take(files: AsyncIterable<FoundFile>): Promise<void> {
    const taker = new FileTaker(this.#needs, { signal: this.#signal, isAsked: false, looksCloser: false });
    const before = new Map(this.#growing);
    this.#growing.clear();
    try {
      for await (const file of files) {
        const isAtRest = !mayBeGrowing(file.modifiedMs) || isSame(file, before.get(file.path));
        if (!isAtRest) this.#growing.set(file.path, file);
        await taker.take(file, isAtRest);
      }
      await taker.finish();
    } finally {
      await taker.rest();
    }
    await openFoundFiles(this.#needs);
    if (taker.cameBack > 0) await indexForgottenFiles({ ...this.#needs, queue: this.#needs.queue() });
    if (this.#growing.size > 0) this.#onGrowing();
  }
}

function isSame(one: Version, other: Version | undefined): boolean {
  return one.sizeBytes === other?.sizeBytes && Math.abs(one.modifiedMs - other.modifiedMs) < 2;
}

type Version = Pick<FoundFile, 'sizeBytes' | 'modifiedMs'>;

/** Without the paths that lie in another one of them. */
function outermost(paths: readonly string[]): string[] {
  const sorted = [...new Set(paths)].sort();
  const kept: string[] = [];
  for (const path of sorted) if (!kept.some((folder) => path.startsWith(folder + sep))) kept.push(path);
  return kept;
}
