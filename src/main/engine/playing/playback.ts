/** Converted pieces of files that a window cannot play as they are: made when they are asked for, and kept for a while. */
import { mkdir, readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import PQueue from 'p-queue';
import { type PlaybackFacts, PlayheadError, parsePlayableRoute } from '../../contract/index.ts';
import { ignore } from '../log/log.ts';
import { openMedia } from '../media/openMedia.ts';
import { writeWhole } from '../media/writeThumbnail.ts';
import type { LibraryApi } from '../ports/libraryApi.ts';
import type { RouteTarget } from './openRoute.ts';

/** Bytes of pieces that are kept; the ones that were not played for the longest time go first. */
const mostBytes = 2 * 2 ** 30;
/** Pieces after which the folder is looked through again. */
const tidyEvery = 20;

export class Playback {
  readonly #library: Pick<LibraryApi, 'mediaFile'>;
  readonly #folder: string;
  /** Two at once, so that a seek does not wait behind what was wanted before it. */
  readonly #turns = new PQueue({ concurrency: 2 });
  readonly #underWay = new Map<string, Promise<unknown>>();
  readonly #closing: AbortSignal;
  #made = 0;

  /** @param closing what is under way ends with it */
  constructor(library: Pick<LibraryApi, 'mediaFile'>, libraryFolder: string, closing: AbortSignal) {
    this.#closing = closing;
    this.#library = library;
    this.#folder = join(libraryFolder, 'cache', 'playable');
  }

  /** @throws PlayheadError `not-found`, and the failures of reading a file */
  async facts(mediaId: string): Promise<PlaybackFacts> {
    return (await openMedia(await this.#pathOf(mediaId))).playback;
  }

  /** The piece behind "playable/<media id>.<format>.<first>.<count>", or null where the route is another one or it cannot be made. */
  async openRoute(route: string): Promise<RouteTarget | null> {
    const asked = parsePlayableRoute(route);
    if (asked === null) return null;
    const media = await openMedia(await this.#pathOf(asked.mediaId));
    const { format, first, count } = asked.piece;
    const name = [asked.mediaId, media.facts.modifiedMs, media.facts.sizeBytes, format, first, count].join('-');
    const path = join(this.#folder, `${name}.mp4`);
    await this.#once(path, async () => {
      if (await touch(path)) return;
      const bytes = await this.#turns.add(() => media.playable(asked.piece, { signal: this.#closing }));
      await writeWhole(path, bytes);
      if (this.#made++ % tidyEvery === 0) await this.#tidy();
    });
    return { path, contentType: 'video/mp4' };
  }

  async #pathOf(mediaId: string): Promise<string> {
    const path = await this.#library.mediaFile(mediaId);
    if (path !== null) return path;
    throw new PlayheadError({ code: 'not-found', message: 'The library has no such file.' });
  }

  /** Two that ask for the same piece get the same one. */
  async #once(path: string, make: () => Promise<void>): Promise<void> {
    const made = this.#underWay.get(path) ?? make().finally(() => this.#underWay.delete(path));
    this.#underWay.set(path, made);
    await made;
  }

  async #tidy(): Promise<void> {
    await forgetOldest(this.#folder, mostBytes).catch(ignore('old pieces were not removed'));
  }
}

/** True for a piece that is there; it was used now. */
async function touch(path: string): Promise<boolean> {
  const now = new Date();
  return utimes(path, now, now).then(
    () => true,
    () => false,
  );
}

/** Removes the files of a folder that were used longest ago, until the others have at most `bytes`. */
export async function forgetOldest(folder: string, bytes: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  const files = await Promise.all(
    (await readdir(folder)).map(async (name) => ({ path: join(folder, name), info: await stat(join(folder, name)) })),
  );
  let total = 0;
  for (const { path, info } of files.sort((a, b) => b.info.mtimeMs - a.info.mtimeMs)) {
    total += info.size;
    if (total > bytes) await rm(path, { force: true });
  }
}
