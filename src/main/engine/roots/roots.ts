/** All folders that are kept: the only one who adds, changes and removes them, and watches them where it is wanted. */
import { stat } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import PQueue from 'p-queue';
import type { EngineEvent, Root } from '../../../contract/index.ts';
import { ignore } from '../../log/log.ts';
import { askDrive } from '../../ports/drives.ts';
import type { LibraryApi } from '../../ports/libraryApi.ts';
import type { StoredRoot } from '../../ports/rootsApi.ts';
import { scanJob } from '../jobs/scanJob.ts';
import { leaveOut } from '../scan/leaveOut.ts';
import type { RootLookNeeds } from './rootLook.ts';
import { ordinaryTimes, type RootTimes, RootWatch } from './rootWatch.ts';

export interface RootsNeeds extends Omit<RootLookNeeds, 'leaveOut'> {
  library: RootLookNeeds['library'] & Pick<LibraryApi, 'listRoots' | 'addRoot' | 'removeRoot'>;
  emit(event: EngineEvent): void;
}

/** For a drive that is asked what a path is. */
const PATIENCE_MS = 2000;

/** Whether folders are watched, and how often it is looked. */
export type Watching = Partial<RootTimes> | boolean;

export class Roots {
  readonly #needs: RootsNeeds;
  readonly #watches = new Map<string, RootWatch>();
  readonly #times: RootTimes | null;
  /** One after another: a root may lie in the next one. */
  readonly #adding = new PQueue({ concurrency: 1 });
  #isClosed = false;

  constructor(needs: RootsNeeds, watching: Watching) {
    this.#needs = needs;
    this.#times = watching === false ? null : { ...ordinaryTimes, ...(watching === true ? {} : watching) };
  }

  /** Begins to watch; each folder is looked at behind the start. */
  async start(): Promise<void> {
    for (const root of await this.#needs.library.listRoots()) this.#watch(root, false);
  }

  /**
   * Keeps the folders among these paths; files, and what is not there, are no roots. Resolves when that is done, or after
   * two seconds: a drive that is slow to answer, or never does, holds nobody up.
   */
  async keep(paths: readonly string[]): Promise<void> {
    const kept = Promise.all(paths.map((path) => this.#keepFolder(path)));
    kept.catch(ignore('a folder is not kept', { paths: paths.join(', ') }));
    await Promise.race([kept, wait(PATIENCE_MS, null, { ref: false })]);
  }

  async #keepFolder(path: string): Promise<void> {
    if (!(await isFolder(path)) || this.#isClosed) return;
    await this.#adding.add(async () => {
      const root = await this.#needs.library.addRoot(path);
      await this.#dropMerged();
      if (!this.#watches.has(root.id)) this.#watch(root, true);
      this.#tell();
    });
  }

  async list(): Promise<Root[]> {
    const roots = await this.#needs.library.listRoots();
    return roots.map((root) => {
      const { state = 'idle', reason = null } = this.#watches.get(root.id) ?? {};
      return { ...root, state, reason };
    });
  }

  /** @throws PlayheadError `not-found` */
  async change(rootId: string, ignore: string[]): Promise<Root> {
    await this.#needs.library.changeRoot(rootId, { ignore });
    await this.rescan(rootId);
    this.#tell();
    return (await this.list()).find(({ id }) => id === rootId) as Root;
  }

  /** @throws PlayheadError `not-found` */
  async remove(rootId: string, withFiles: boolean): Promise<string[]> {
    const watch = this.#watches.get(rootId);
    this.#watches.delete(rootId);
    await watch?.close();
    const gone = await this.#needs.library.removeRoot(rootId, withFiles);
    this.#tell();
    return gone;
  }

  /** One root, or all of them. Gives the ids of the jobs. */
  async rescan(rootId?: string): Promise<string[]> {
    const roots = (await this.#needs.library.listRoots()).filter(({ id }) => rootId === undefined || id === rootId);
    const jobs = roots.map(({ path }) => scanJob.create({ paths: [path], isRescan: true }));
    for (const job of jobs) await this.#needs.queue().enqueue(job);
    return jobs.map(({ id }) => id);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#watches.values()].map((watch) => watch.close()));
  }

  #watch(root: StoredRoot, isNew: boolean): void {
    if (this.#times === null || this.#isClosed) return;
    const { library, folders } = this.#needs;
    const needs = {
      ...this.#needs,
      times: this.#times,
      onState: () => this.#tell(),
      leaveOut: async () => leaveOut(await library.listRoots(), folders.library),
    };
    const watch = new RootWatch(needs, root);
    this.#watches.set(root.id, watch);
    void watch.start(isNew).catch(ignore('a folder is not watched', { file: root.path }));
  }

  /** A root that lies in a new one is part of it. */
  async #dropMerged(): Promise<void> {
    const there = new Set((await this.#needs.library.listRoots()).map(({ id }) => id));
    for (const [id, watch] of this.#watches) {
      if (there.has(id)) continue;
      this.#watches.delete(id);
      await watch.close();
    }
  }

  #tell(): void {
    if (!this.#isClosed) this.#needs.emit({ type: 'rootsChanged' });
  }
}

async function isFolder(path: string): Promise<boolean> {
  // What cannot be asked is told by the scan.
  return askDrive(path, () => stat(path)).then(
    (facts) => facts.isDirectory(),
    () => false,
  );
}
