/** Files of the library that are not in their places: they are offline, and keep everything. */
import { stat } from 'node:fs/promises';
import { askDrive } from '../../ports/drives.ts';
import type { LibraryApi } from '../../ports/libraryApi.ts';
import type { PlacedFile } from '../../ports/rootsApi.ts';
import type { MediaStates } from '../mediaStates.ts';

export interface MissingNeeds {
  library: Pick<LibraryApi, 'listFilesAt'>;
  states: Pick<MediaStates, 'setOffline'>;
}

/** Rows that are fetched at once. */
const PAGE = 1000;

/** The files of the library at this path and in it, in the order of their paths. */
export async function* filesAt({ library }: Pick<MissingNeeds, 'library'>, path: string): AsyncGenerator<PlacedFile> {
  for (let after = ''; ; ) {
    const page = await library.listFilesAt(path, { after, limit: PAGE });
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    after = last.path;
  }
}

/** @param isMet files that were just seen in their places */
export async function noteMissing(
  needs: MissingNeeds,
  path: string,
  isMet: (path: string) => boolean,
  signal: AbortSignal,
): Promise<void> {
  const missing: string[] = [];
  for await (const file of filesAt(needs, path)) {
    if (file.isOffline || file.isUnwanted || isMet(file.path)) continue;
    if (await isGone(file.path, signal)) missing.push(file.id);
  }
  if (missing.length > 0) await needs.states.setOffline(missing, true);
}

/** Everything at this path and in it, where nothing can be reached. */
export async function noteAllAway(needs: MissingNeeds, path: string): Promise<void> {
  const away: string[] = [];
  for await (const { id, isOffline, isUnwanted } of filesAt(needs, path)) if (!isOffline && !isUnwanted) away.push(id);
  if (away.length > 0) await needs.states.setOffline(away, true);
}

/** A folder that may not be read says nothing about the file in it; a drive that does not answer neither. */
async function isGone(path: string, signal: AbortSignal): Promise<boolean> {
  try {
    await askDrive(path, () => stat(path), { signal });
    return false;
  } catch (thrown) {
    signal.throwIfAborted();
    return ['ENOENT', 'ENOTDIR'].includes((thrown as NodeJS.ErrnoException).code ?? '');
  }
}
