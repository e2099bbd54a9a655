/** Where a library may be kept: on a drive of this machine, since SQLite's locks do not hold on those of others. */
import { PlayheadError } from '../../contract/index.ts';
import { libraryFiles } from '../library/libraryFiles.ts';
import { sizeOf } from '../library/restoreLibrary.ts';
import { isOnNetwork } from './roots/fileSystems.ts';

/** @throws PlayheadError `invalid-input` where a new library would lie on another machine */
export function refuseNetwork(folder: string, isNetwork = isOnNetwork): void {
  const isNew = sizeOf(libraryFiles(folder).library) === 0;
  if (!isNew || !isNetwork(folder)) return;
  throw new PlayheadError({
    code: 'invalid-input',
    message:
      'A library is not kept on a drive of another machine: its locks do not hold there, and sooner or later it is damaged.',
    file: folder,
    hint: 'Name a folder on a drive of this machine. Your videos may lie anywhere.',
  });
}

/** Of a library that is there already; in words. */
export function noticesOfPlace(folder: string, isNetwork = isOnNetwork): string[] {
  if (!isNetwork(folder)) return [];
  return [
    'Your library lies on a drive of another machine, where its locks do not hold: sooner or later it is damaged. `playhead library move <folder>` moves it to a drive of this one.',
  ];
}
