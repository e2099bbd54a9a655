/** Files whose drive is away are "offline", not deleted; they come back as they were. */
import { access } from 'node:fs/promises';
import type { MediaItem } from '../../../contract/index.ts';
import type { EngineContext } from './engineContext.ts';

/** Looks again at most this often. */
const intervalMs = 10_000;

export class OfflineWatch {
  readonly #engine: EngineContext;
  #lastMs = 0;

  constructor(engine: EngineContext) {
    this.#engine = engine;
  }

  /** Compares the states of these files with the disk, behind the caller's back. */
  glance(items: MediaItem[]): void {
    if (Date.now() - this.#lastMs < intervalMs) return;
    this.#lastMs = Date.now();
    void this.#compare(items).catch(() => {});
  }

  async #compare(items: MediaItem[]): Promise<void> {
    const changed: string[] = [];
    for (const item of items) {
      if (item.state !== 'ready' && item.state !== 'offline') continue;
      const state = (await exists(item.path)) ? 'ready' : 'offline';
      if (state === item.state) continue;
      await this.#engine.library.setMediaState(item.id, state);
      changed.push(item.id);
    }
    if (changed.length > 0) this.#engine.emit({ type: 'libraryChanged', mediaIds: changed });
  }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
