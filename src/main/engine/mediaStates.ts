/**
 * The owner of the states of files: every move of the engine goes through here, and is told to the windows here. Which
 * moves there are is a table of the library's (`library/queries/mediaStates.ts`), where each is checked as it is written.
 */
import type { EngineEvent, MediaItem, MediaState } from '../../contract/index.ts';
import type { LibraryApi, StateChange } from '../ports/libraryApi.ts';

export class MediaStates {
  readonly #library: Pick<LibraryApi, 'setMediaState' | 'setOffline' | 'getMedia'>;
  readonly #emit: (event: EngineEvent) => void;

  constructor(
    library: Pick<LibraryApi, 'setMediaState' | 'setOffline' | 'getMedia'>,
    emit: (event: EngineEvent) => void,
  ) {
    this.#library = library;
    this.#emit = emit;
  }

  /** @throws PlayheadError `not-found`; `internal` for a move that is not legal */
  async move(mediaId: string, to: MediaState, change?: StateChange): Promise<void> {
    await this.#library.setMediaState(mediaId, to, change);
    this.announce(mediaId);
  }

  /** Whether files are in their places; each keeps its state beside that. */
  async setOffline(mediaIds: readonly string[], isOffline: boolean): Promise<void> {
    const changed = await this.#library.setOffline(mediaIds, isOffline);
    if (changed.length > 0) this.announce(...changed);
  }

  /** A file whose turn was taken away is what it was: with an index or without. Any other is left as it is. */
  async stopWaiting(mediaId: string): Promise<void> {
    const item = await this.#itemOf(mediaId);
    if (item?.state === 'queued') await this.move(mediaId, item.segmentCount > 0 ? 'ready' : 'registered');
  }

  /** What is shown of these files is another than before. */
  announce(...mediaIds: string[]): void {
    this.#emit({ type: 'libraryChanged', mediaIds });
  }

  /** Null when it was removed meanwhile. */
  async #itemOf(mediaId: string): Promise<MediaItem | null> {
    const detail = await this.#library.getMedia(mediaId).catch(() => null);
    return detail?.item ?? null;
  }
}
