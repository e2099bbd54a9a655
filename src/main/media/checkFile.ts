/** The first questions about a path, answered in words before ffmpeg sees it. */
import { stat } from 'node:fs/promises';
import { PlayheadError } from '../../contract/index.ts';
import { askDrive } from '../ports/drives.ts';
import { whyRefused, withRegularFile } from '../ports/regularFile.ts';

export interface FileFacts {
  sizeBytes: number;
  /** Milliseconds since the epoch, a whole number. */
  modifiedMs: number;
}

/**
 * @param file absolute path
 * @throws PlayheadError `file-not-found`, `file-unreadable` (a folder, no rights, not a plain file), `file-empty`,
 *   `time-limit` (its drive does not answer), `cancelled`
 */
export async function checkFile(file: string, signal?: AbortSignal): Promise<FileFacts> {
  const facts = await askDrive(file, () => stat(file), { signal }).catch((error: NodeJS.ErrnoException) => {
    throw error instanceof PlayheadError ? error : statError(file, error);
  });
  if (facts.isDirectory()) {
    throw unreadable(
      file,
      'This is a folder, not a file.',
      'Choose the files in it, or add the folder to the library.',
    );
  }
  const refused = whyRefused(facts);
  if (refused !== null) throw unreadable(file, `This ${refused}.`, 'Choose a video, sound or picture file.');
  await tryOpening(file, signal);
  if (facts.size === 0) {
    throw new PlayheadError({
      code: 'file-empty',
      message: 'The file is empty (0 bytes).',
      file,
      hint: 'Copy or download it again.',
    });
  }
  return { sizeBytes: facts.size, modifiedMs: Math.trunc(facts.mtimeMs) };
}

/** Opening is the only sure answer: rights, access lists and locks of other programs all show here. */
async function tryOpening(file: string, signal: AbortSignal | undefined): Promise<void> {
  try {
    await withRegularFile(file, async () => {}, { signal });
  } catch (error) {
    if (error instanceof PlayheadError) throw error;
    throw statError(file, error as NodeJS.ErrnoException);
  }
}

function statError(file: string, error: NodeJS.ErrnoException): PlayheadError {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') {
    return new PlayheadError(
      {
        code: 'file-not-found',
        message: 'The file is not there.',
        file,
        hint: 'It may have been moved or renamed, or its drive may be away.',
      },
      { cause: error },
    );
  }
  if (error.code === 'EACCES' || error.code === 'EPERM') {
    return unreadable(file, 'The file may not be read.', 'Give your account the right to read it.', error);
  }
  return unreadable(file, 'The file cannot be read.', 'Check the drive it stands on.', error);
}

function unreadable(file: string, message: string, hint: string, cause?: unknown): PlayheadError {
  return new PlayheadError({ code: 'file-unreadable', message, file, hint }, cause === undefined ? {} : { cause });
}
