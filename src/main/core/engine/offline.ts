/**
 * Files whose drive is away are "offline", not deleted; they come back as they were. A file that vanished while it was
 * read is read again when it is back.
 */
import { access } from 'node:fs/promises';
import type { MediaItem } from '../../../contract/index.ts';
import type { EngineContext } from './engineContext.ts';
import type { IndexPayload } from './indexFile.ts';
import { stepsBehind } from './scan/indexOrder.ts';

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

  async #readAgain({ id, path, fileName, sizeBytes, isSample }: MediaItem): Promise<void> {
    if (!(await exists(path))) return;
    const { library, queue } = this.#engine;
    await library.setMediaState(id, 'queued');
    const payload: IndexPayload = { path };
    const givesWay = stepsBehind(sizeBytes, isSample);
    await queue().enqueue({ kind: 'index', title: fileName, mediaId: id, payload, givesWay });
  }

  async #compare(items: MediaItem[]): Promise<void> {
    const changed: string[] = [];
    for (const item of items) {
      if (item.state === 'failed' && item.error?.code === 'file-not-found') await this.#readAgain(item);
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
