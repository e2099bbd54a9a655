/** Notices that the library's folder was deleted or replaced under the running program. */
import { statSync } from 'node:fs';
import { PlayheadError } from '../../contract/index.ts';
import { libraryFiles } from '../library/libraryFiles.ts';

/** Milliseconds between two looks. */
const everyMs = 1_000;

export interface FolderWatch {
  /** @throws PlayheadError `library-missing` when the folder is not the one that was opened any more */
  confirm(): void;
  stop(): void;
}

/**
 * Looks whether the library's own file is still the one that was opened: SQLite goes on writing into a file that has
 * no name any more, and every word of it would be lost. `onLost` hears of it once.
 */
export function watchFolder(folder: string, onLost: (error: PlayheadError) => void): FolderWatch {
  const { library } = libraryFiles(folder);
  const opened = identityOf(library);
  const confirm = () => {
    if (identityOf(library) === opened) return;
    const lost = lostFolder(folder);
    clearInterval(timer);
    onLost(lost);
    throw lost;
  };
  const timer = setInterval(() => {
    try {
      confirm();
    } catch {
      // It was told.
    }
  }, everyMs);
  timer.unref();
  return { confirm, stop: () => clearInterval(timer) };
}

/** Which file it is, whatever its name; "" when there is none. */
function identityOf(file: string): string {
  try {
    const { dev, ino } = statSync(file, { bigint: true });
    return `${dev}:${ino}`;
  } catch {
    return '';
  }
}

function lostFolder(folder: string): PlayheadError {
  return new PlayheadError({
    code: 'library-missing',
    message: `The library was deleted, moved or replaced while Playhead was open: ${folder}. Nothing more is saved.`,
    file: folder,
    hint: 'Put the folder back if you can, then close Playhead and start it again.',
  });
}
