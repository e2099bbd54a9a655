/** What is done with a library as a whole, while no Playhead works on it: look, copy, move, export, import. */
import { cp, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, resolve, sep } from 'node:path';
import { PlayheadError } from '../../contract/index.ts';
import { copyLibrary } from '../library/backups.ts';
import { createLibrary } from '../library/createLibrary.ts';
import { libraryFiles, setAside, syncFile, timeStamp } from '../library/libraryFiles.ts';
import { movePictures } from '../library/moveIndex.ts';
import { openLibrary, passesCheck } from '../library/openLibrary.ts';
import { exportLibrary } from '../library/plain/exportLibrary.ts';
import { importLibrary } from '../library/plain/importLibrary.ts';
import { readCopy } from '../library/readCopy.ts';
import type { Changes } from '../ports/changes.ts';
import { exists } from '../ports/exists.ts';
import { foldersOf } from './folders.ts';
import { LibraryLock, makeLibraryFolder } from './libraryLock.ts';
import { noticesOfPlace, refuseNetwork } from './libraryPlace.ts';

export interface LibraryCheck {
  folder: string;
  /** Every page, row and index of the person's own file is sound. */
  isSound: boolean;
  /** The same of what can be computed again; null where there is none yet. */
  isIndexSound: boolean | null;
  files: number;
  segments: number;
  conversations: number;
  /** Files that are not in their places, by their paths; of many, the first hundred. */
  missing: string[];
  missingCount: number;
  /** In words: what opening it told, and what is wrong with its place. */
  notices: string[];
}

const MOST_NAMED = 100;

/** Also beside an open Playhead: nothing is changed. @throws PlayheadError as opening does */
export async function checkLibrary(folder: string): Promise<LibraryCheck> {
  const { library: file, index } = libraryFiles(folder);
  const contents = readCopy(file);
  const isIndexSound = (await exists(index)) ? readCopy(index) !== null : null;
  const library = createLibrary({ folder });
  try {
    const missing: string[] = [];
    const { items } = await library.listMedia({ sort: 'name', offset: 0, limit: 10_000_000 });
    for (const { path } of items) if (!(await exists(path))) missing.push(path);
    const { media, segments } = await library.counts();
    const { notices } = await library.health();
    return {
      ...{ folder, isSound: contents !== null, isIndexSound, files: media, segments },
      conversations: contents?.conversations ?? 0,
      ...{ missing: missing.slice(0, MOST_NAMED), missingCount: missing.length },
      notices: [...notices, ...noticesOfPlace(folder)],
    };
  } finally {
    await library.close();
  }
}

/** A copy that was read again, in the library's own folder of copies or as the file that is named. Gives its path. */
export async function backUpLibrary(folder: string, file?: string): Promise<string> {
  const { db } = openLibrary({ folder });
  try {
    if (!passesCheck(db))
      throw new PlayheadError({ code: 'library-damaged', message: 'The library is damaged.', file: folder });
    const target = file === undefined ? null : resolve(file);
    if (target !== null && (await exists(target))) throw isThere(target);
    return copyLibrary(db, libraryFiles(folder).backups, target);
  } finally {
    db.close();
  }
}

/** The index is put aside; what was in it waits to be computed again at the next start. Gives its new name, or null. */
export function discardIndex(folder: string): Promise<string | null> {
  return whileLocked(folder, async () => {
    const before = setAside(libraryFiles(folder).index);
    const library = createLibrary({ folder });
    await library.close();
    return before;
  });
}

/**
 * The whole folder to another place, whose copy is read through before the old one is renamed; nothing is deleted.
 * @returns where the old one is now
 * @throws PlayheadError `invalid-input` where there is anything in the new place, or it lies in the old one
 */
export function moveLibrary(folder: string, target: string): Promise<{ folder: string; before: string }> {
  return whileLocked(folder, async (letGo) => {
    await requireFree(folder, target);
    const { db } = openLibrary({ folder });
    db.pragma('wal_checkpoint(TRUNCATE)');
    db.close();
    await mkdir(dirname(target), { recursive: true });
    await cp(folder, target, { recursive: true, filter: (path) => !isLockFile(folder, path) });
    const moved = libraryFiles(target).library;
    syncFile(moved);
    if (readCopy(moved) === null) {
      await rm(target, { recursive: true, force: true });
      throw new PlayheadError({
        code: 'library-damaged',
        message: 'The copy could not be read, so nothing was moved.',
        file: target,
      });
    }
    movePictures(target, folder);
    await letGo();
    const before = `${folder}.moved-${timeStamp()}`;
    await rename(folder, before);
    return { folder: target, before };
  });
}

/** @returns how many lines each file has */
export async function exportWhole(folder: string, target: string): Promise<Record<string, number>> {
  const { db } = openLibrary({ folder });
  try {
    return exportLibrary(db, foldersOf({ libraryFolder: folder, resourcesFolder: folder }).thumbnails, resolve(target));
  } finally {
    db.close();
  }
}

/** @returns how many lines of each file were read */
export function importWhole(source: string, folder: string): Promise<Record<string, number>> {
  const { thumbnails } = foldersOf({ libraryFolder: folder, resourcesFolder: folder });
  return whileLocked(folder, () => importLibrary(resolve(source), folder, thumbnails));
}

/** See `LibraryApi.changesSince`; also beside an open Playhead. */
export async function changesIn(folder: string, since: number, limit: number): Promise<Changes> {
  const library = createLibrary({ folder });
  try {
    return await library.changesSince(since, limit);
  } finally {
    await library.close();
  }
}

async function requireFree(folder: string, target: string): Promise<void> {
  if (target === folder || target.startsWith(folder + sep)) {
    throw new PlayheadError({
      code: 'invalid-input',
      message: 'The new place lies in the library itself.',
      file: target,
      hint: 'Name a folder beside it.',
    });
  }
  const names = await readdir(target).catch(() => []);
  if (names.length > 0) throw isThere(target);
  refuseNetwork(target);
}

function isThere(path: string): PlayheadError {
  return new PlayheadError({
    code: 'invalid-input',
    message: 'There is something in this place already, so nothing was written.',
    file: path,
    hint: 'Name a new one.',
  });
}

function isLockFile(folder: string, path: string): boolean {
  const name = path.slice(folder.length + 1);
  return name === 'playhead.lock' || name.startsWith('lock.sqlite') || name === 'server.json';
}

/** @param work may let go of the lock before its end */
async function whileLocked<T>(folder: string, work: (letGo: () => Promise<void>) => Promise<T>): Promise<T> {
  await makeLibraryFolder(folder);
  const lock = await LibraryLock.take(folder);
  let isHeld = true;
  const letGo = async () => {
    if (isHeld) await lock.release();
    isHeld = false;
  };
  try {
    return await work(letGo);
  } finally {
    await letGo();
  }
}
