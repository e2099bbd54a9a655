/** How a file is played, and what is made of it for the player: converted pieces, stills, the shape of its sound. */
import { join } from 'node:path';
import {
  type MadeOfMedia,
  type PlaybackFacts,
  PlayheadError,
  parseMadeRoute,
  type SubtitleLine,
} from '../../../contract/index.ts';
import { type OpenedMedia, openMedia } from '../../media/openMedia.ts';
import type { LibraryApi } from '../../ports/libraryApi.ts';
import type { RouteTarget } from '../openRoute.ts';
import { MadeFiles } from './madeFiles.ts';
import { readPlayerMemory } from './playerMemory.ts';

type Library = Pick<LibraryApi, 'mediaFile' | 'getSetting'>;

/** Bytes that are kept of converted pieces, and of stills and shapes of sound together. */
const mostBytes = { playable: 2 * 2 ** 30, timeline: 512 * 2 ** 20 };

export class Playback {
  readonly #library: Library;
  readonly #pieces: MadeFiles;
  readonly #timeline: MadeFiles;
  readonly #closing: AbortSignal;
  /** Bytes of each file at the last look. */
  readonly #sizes = new Map<string, number>();

  /** @param closing what is under way ends with it */
  constructor(library: Library, libraryFolder: string, closing: AbortSignal) {
    this.#closing = closing;
    this.#library = library;
    this.#pieces = new MadeFiles(join(libraryFolder, 'cache', 'playable'), mostBytes.playable);
    this.#timeline = new MadeFiles(join(libraryFolder, 'cache', 'timeline'), mostBytes.timeline);
  }

  /** @throws PlayheadError `not-found`, and the failures of reading a file */
  async facts(mediaId: string): Promise<PlaybackFacts> {
    const { facts, playback } = (await this.#open(mediaId)).media;
    const before = this.#sizes.get(mediaId) ?? facts.sizeBytes;
    this.#sizes.set(mediaId, facts.sizeBytes);
    return { ...playback, isGrowing: playback.isFresh && facts.sizeBytes > before };
  }

  /** The words beside and inside the file, with their times. @throws as `facts` */
  async subtitles(mediaId: string): Promise<SubtitleLine[]> {
    const { media } = await this.#open(mediaId);
    return (await media.subtitles({ signal: this.#closing })).cues;
  }

  /** The file behind a route such as "playable/<media id>.h264.0.1"; null where the route is another one. */
  async openRoute(route: string): Promise<RouteTarget | null> {
    const asked = parseMadeRoute(route);
    if (asked === null) return null;
    const { media, soundTrack } = await this.#open(asked.mediaId);
    const { modifiedMs, sizeBytes } = media.facts;
    const name = [asked.mediaId, modifiedMs, sizeBytes, soundTrack ?? 'own', asked.name].join('-');
    const files = asked.kind === 'playable' ? this.#pieces : this.#timeline;
    const { contentType, make } = makers(media, asked, this.#closing);
    return { path: await files.take(name, make), contentType };
  }

  /** What was made of a file goes with it. */
  async forget(mediaId: string): Promise<void> {
    await Promise.all([this.#pieces, this.#timeline].map((files) => files.forget(`${mediaId}-`)));
  }

  /** With the sound track that was chosen for it. */
  async #open(mediaId: string): Promise<{ media: OpenedMedia; soundTrack: number | null }> {
    const path = await this.#library.mediaFile(mediaId);
    if (path === null) throw new PlayheadError({ code: 'not-found', message: 'The library has no such file.' });
    const { soundTrack } = await readPlayerMemory(this.#library, mediaId);
    return { media: await openMedia(path, { soundTrack }), soundTrack };
  }
}

function makers(media: OpenedMedia, asked: MadeOfMedia, signal: AbortSignal) {
  switch (asked.kind) {
    case 'playable':
      return { contentType: 'video/mp4', make: () => media.playable(asked.piece, { signal }) };
    case 'strip':
      return { contentType: 'image/jpeg', make: () => media.strip(asked.strip, { signal }) };
    case 'still':
      return { contentType: 'image/jpeg', make: () => media.still(asked.still, { signal }) };
    case 'peaks':
      return { contentType: 'application/octet-stream', make: () => media.peaks(asked.chunk, { signal }) };
  }
}
