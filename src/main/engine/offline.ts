/**
 * Files whose drive is away are "offline", not deleted; they come back as they were. A file that vanished while it was
 * read is read again when it is back.
 */
import type { MediaItem } from '../../contract/index.ts';
import { ignore } from '../log/log.ts';
import { exists } from '../ports/exists.ts';
import { indexJobFor } from './jobs/indexJob.ts';
import type { MediaStates } from './mediaStates.ts';
import type { JobQueue } from './queue/jobQueue.ts';

/** Looks again at most this often. */
const intervalMs = 10_000;

export interface OfflineNeeds {
  states: Pick<MediaStates, 'move' | 'setOffline'>;
  queue: Pick<JobQueue, 'enqueue'>;
}

export class OfflineWatch {
  readonly #needs: OfflineNeeds;
  #lastMs = 0;

  constructor(needs: OfflineNeeds) {
    this.#needs = needs;
  }

  /** Compares the states of these files with the disk, behind the caller's back. */
  noticeMissing(items: MediaItem[]): void {
    if (Date.now() - this.#lastMs < intervalMs) return;
    this.#lastMs = Date.now();
    void this.#compare(items).catch(ignore('it was not looked which files are away'));
  }

  async #compare(items: MediaItem[]): Promise<void> {
    for (const item of items) {
      if (item.state === 'failed' && item.error?.code === 'file-not-found') await this.#readAgain(item);
      if (item.state === 'ready' || item.state === 'offline')
        await this.#needs.states.setOffline([item.id], !(await exists(item.path)));
    }
  }

  async #readAgain(item: MediaItem): Promise<void> {
    if (!(await exists(item.path))) return;
    await this.#needs.states.move(item.id, 'queued');
    await this.#needs.queue.enqueue(indexJobFor(item));
  }
}
