/**
 * One folder that is kept: what changes in it is taken into the library at once, or where the system does not tell, when
 * it is next looked through. While it cannot be reached, its files are offline and keep everything.
 */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import PQueue from 'p-queue';
import type { RootState } from '../../../contract/index.ts';
import { ignore } from '../../log/log.ts';
import { askDrive } from '../../ports/drives.ts';
import type { StoredRoot } from '../../ports/rootsApi.ts';
import { noteAllAway } from '../scan/noteMissing.ts';
import { whyNotTold } from './fileSystems.ts';
import { type Change, type LiveWatch, watchLive, whyNotWatched } from './liveWatch.ts';
import { RootLook, type RootLookNeeds } from './rootLook.ts';

/** Milliseconds. */
export interface RootTimes {
  /** In which changes are gathered before they are looked at. */
  gather: number;
  /** Between two looks whether the folder is there. */
  reach: number;
  /** Between two looks at a file that still grows. */
  growth: number;
  /** Between two looks through a folder whose changes nobody tells. */
  poll: number;
}

export const ordinaryTimes: RootTimes = { gather: 150, reach: 5_000, growth: 1_000, poll: 60_000 };

export interface RootWatchNeeds extends RootLookNeeds {
  times: RootTimes;
  onState(): void;
}

export class RootWatch {
  readonly root: StoredRoot;
  readonly #needs: RootWatchNeeds;
  readonly #look: RootLook;
  readonly #stop = new AbortController();
  /** One thing after another: a look never meets the one before it. */
  readonly #work = new PQueue({ concurrency: 1 });
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  #live: LiveWatch | null = null;
  #identity = '';
  #changes: Change[] = [];
  state: RootState = 'polled';
  reason: string | null = null;

  constructor(needs: RootWatchNeeds, root: StoredRoot) {
    this.#needs = needs;
    this.root = root;
    this.#look = new RootLook(needs, root, this.#stop.signal, () => this.#soon('growth', () => this.#take([])));
  }

  /** @param isNew it is being looked through by a scan of its own */
  start(isNew: boolean): Promise<void> {
    this.#soon('reach', () => this.#reachAgain());
    return this.#do(() => this.#reach(isNew));
  }

  /** Looks through all of it. */
  lookThrough(): Promise<void> {
    return this.#do(() => this.#look.atAll());
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#stop.abort();
    this.#work.clear();
    await this.#work.onIdle();
    await this.#live?.stop();
  }

  /** Is the folder there, and the same one? */
  async #reach(isNew = false): Promise<void> {
    const identity = await identityOf(this.root.path, this.#stop.signal);
    if (identity === null && this.state !== 'offline') await this.#lose();
    else if (identity !== null && (identity !== this.#identity || this.state === 'offline')) await this.#begin(isNew);
    this.#identity = identity ?? '';
  }

  async #reachAgain(): Promise<void> {
    this.#soon('reach', () => this.#reachAgain());
    await this.#reach();
  }

  async #lose(): Promise<void> {
    this.#tell('offline', 'The folder cannot be reached.');
    await this.#live?.stop();
    this.#live = null;
    await noteAllAway(this.#needs, this.root.path);
  }

  async #begin(isNew: boolean): Promise<void> {
    await this.#live?.stop();
    this.#live = null;
    const silent = whyNotTold(this.root.path);
    const live = silent === null ? await this.#watch() : null;
    if (silent !== null) this.#tell('polled', silent);
    this.#live = live;
    const earlier = live?.earlier ?? null;
    if (earlier !== null) await this.#look.at(earlier);
    else if (!isNew) await this.#look.atAll();
    if (this.state === 'polled') this.#soon('poll', () => this.#poll());
  }

  async #watch(): Promise<LiveWatch | null> {
    try {
      const snapshot = join(this.#needs.folders.library, 'watching', `${this.root.id}.snapshot`);
      const place = { folder: this.root.path, snapshot, except: this.#needs.folders.library };
      const live = await watchLive(
        place,
        (changes) => this.#gather(changes),
        (why) => this.#tell('polled', whyNotWatched(new Error(why))),
      );
      this.#tell('watched', null);
      return live;
    } catch (thrown) {
      this.#tell('polled', whyNotWatched(thrown));
      return null;
    }
  }

  async #poll(): Promise<void> {
    if (this.state !== 'polled') return;
    await this.#look.atAll();
    this.#soon('poll', () => this.#poll());
  }

  #gather(changes: Change[]): void {
    if (this.#changes.length === 0) this.#soon('gather', () => this.#take(this.#changes.splice(0)));
    this.#changes.push(...changes);
    // The folder itself: perhaps its drive was taken away.
    if (changes.some(({ path }) => path === this.root.path)) void this.#do(() => this.#reach());
  }

  async #take(changes: Change[]): Promise<void> {
    if (this.state !== 'offline') await this.#look.at(changes);
  }

  #tell(state: RootState, reason: string | null): void {
    this.state = state;
    this.reason = reason;
    this.#needs.onState();
  }

  #soon(when: keyof RootTimes, work: () => Promise<void>): void {
    if (this.#stop.signal.aborted) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      void this.#do(work);
    }, this.#needs.times[when]);
    timer.unref();
    this.#timers.add(timer);
  }

  /** What goes wrong costs this look: the next one comes. */
  async #do(work: () => Promise<void>): Promise<void> {
    const tell = ignore('a folder was not looked at', { file: this.root.path });
    await this.#work.add(() => work().catch((thrown: unknown) => !this.#stop.signal.aborted && tell(thrown)));
  }
}

/** Which folder it is, whatever its name; null where it cannot be reached. A drive that does not answer cannot. */
async function identityOf(folder: string, signal: AbortSignal): Promise<string | null> {
  try {
    const { dev, ino } = await askDrive(folder, () => stat(folder, { bigint: true }), { signal });
    return `${dev}:${ino}`;
  } catch {
    signal.throwIfAborted();
    return null;
  }
}
