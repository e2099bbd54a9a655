/** Why a file of the library does not play: the player asks before it blames the window. */
import { readdir, stat } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { type MediaCheck, type MediaItem, PlayheadError, toErrorInfo } from '../../contract/index.ts';
import { openMedia } from '../media/openMedia.ts';
import { askDrive } from '../ports/drives.ts';
import type { LibraryApi } from '../ports/libraryApi.ts';
import type { MediaStates } from './mediaStates.ts';

export interface CheckNeeds {
  library: Pick<LibraryApi, 'getMedia'>;
  states: Pick<MediaStates, 'move'>;
}

/** More files than these beside the old place are not looked at. */
const mostNeighbours = 2000;

/** @throws PlayheadError `not-found` when the library has no such file */
export async function checkMedia({ library, states }: CheckNeeds, mediaId: string): Promise<MediaCheck> {
  const { item } = await library.getMedia(mediaId);
  try {
    const { notices } = (await openMedia(item.path)).facts;
    if (item.state === 'offline') await states.move(mediaId, 'ready');
    return { error: null, notices, candidate: null };
  } catch (thrown) {
    const error = toErrorInfo(thrown, item.path);
    if (error.code !== 'file-not-found') return { error, notices: [], candidate: null };
    if (item.state === 'ready') await states.move(mediaId, 'offline');
    const candidate = await findCandidate(item);
    return { error: goneError(item, candidate).toInfo(), notices: [], candidate };
  }
}

/** A renamed file is mostly still in its folder: one of the same sort and size. Adding it tells whether it is the same. */
async function findCandidate({ path, sizeBytes }: MediaItem): Promise<string | null> {
  const folder = dirname(path);
  const names = await askDrive(folder, () => readdir(folder)).catch(() => []);
  const alike = names.filter((name) => extname(name).toLowerCase() === extname(path).toLowerCase());
  for (const name of alike.slice(0, mostNeighbours)) {
    const info = await askDrive(folder, () => stat(join(folder, name))).catch(() => null);
    if (info?.isFile() && info.size === sizeBytes) return join(folder, name);
  }
  return null;
}

function goneError(item: MediaItem, candidate: string | null): PlayheadError {
  return new PlayheadError({
    code: 'file-not-found',
    message: 'This file is not in its place any more: it was moved, renamed or deleted, or its drive is away.',
    file: item.path,
    hint:
      candidate === null
        ? 'Connect the drive, or add the folder where the file is now: it is recognised by its content.'
        : 'A file of the same size is in the same folder now.',
  });
}
