/**
 * Files that one window may see though the library does not have them, since the person asked about them from outside.
 * A file is put into the library, with the id that it has here, by the first question about it.
 */
import { randomUUID } from 'node:crypto';
import { basename, resolve } from 'node:path';
import type { MediaCheck, MediaDetail, MediaItem } from '../../contract/index.ts';
import { noMarks, toErrorInfo } from '../../contract/index.ts';
import { openMedia } from '../media/openMedia.ts';
import type { LibraryApi } from '../ports/libraryApi.ts';
import { isSample, type RegisterNeeds, registerKnown } from './registerFile.ts';

export interface GrantNeeds extends RegisterNeeds {
  library: RegisterNeeds['library'] & Pick<LibraryApi, 'knownFileAt'>;
}

export class GrantedFiles {
  readonly #needs: GrantNeeds;
  readonly #items = new Map<string, MediaItem>();

  constructor(needs: GrantNeeds) {
    this.#needs = needs;
  }

  /**
   * Gives the id under which this window may see the file: that of the library where it has the file already.
   * @throws PlayheadError when the file cannot be read as media
   */
  async give(path: string): Promise<string> {
    const file = resolve(path);
    const known = await this.#needs.library.knownFileAt(file);
    if (known !== null) return known.id;
    const granted = this.at(file);
    if (granted !== undefined) return granted.id;
    const item = itemOf(file, (await openMedia(file)).facts, isSample(this.#needs.folders, file));
    this.#items.set(item.id, item);
    return item.id;
  }

  find(mediaId: string): MediaItem | undefined {
    return this.#items.get(mediaId);
  }

  at(path: string): MediaItem | undefined {
    return [...this.#items.values()].find((item) => item.path === path);
  }

  detailOf(mediaId: string): MediaDetail | null {
    const item = this.#items.get(mediaId);
    return item ? { item, segments: [] } : null;
  }

  async check(item: MediaItem): Promise<MediaCheck> {
    try {
      return { error: null, notices: (await openMedia(item.path)).facts.notices, candidate: null };
    } catch (thrown) {
      return { error: toErrorInfo(thrown, item.path), notices: [], candidate: null };
    }
  }

  /**
   * The library has it from now on; the grant ends.
   * @returns the id there: another one where the library knows the same content, from another place or an earlier day
   */
  async keep(item: MediaItem): Promise<string> {
    const { facts, streams } = await openMedia(item.path);
    const known = await registerKnown(this.#needs, item.path, { facts, tags: streams.tags, id: item.id });
    this.#items.delete(item.id);
    this.#needs.states.announce(item.id, known.item.id);
    return known.item.id;
  }

  /** Nothing is granted any more. */
  end(): void {
    this.#items.clear();
  }
}

type Facts = Awaited<ReturnType<typeof openMedia>>['facts'];

function itemOf(path: string, facts: Facts, isSample: boolean): MediaItem {
  const { kind, durationSec, width, height, fps, hasAudio, videoCodec, sizeBytes, notices } = facts;
  const id = randomUUID();
  return {
    ...{ id, path, fileName: basename(path), addedAt: new Date().toISOString() },
    ...{ kind, durationSec, width, height, fps, hasAudio, videoCodec, sizeBytes, notices },
    ...{ state: 'registered', isSample, isGranted: true, error: null },
    ...{ segmentCount: 0, marks: noMarks, thumbnail: null, stream: `media/${id}` },
  };
}
