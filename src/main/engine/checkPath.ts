/** A path that a person wants to add, looked at before any work starts: what is wrong is told at once. */
import { readdir, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { type PathCheck, PlayheadError, toErrorInfo } from '../../contract/index.ts';
import { checkFile } from '../media/checkFile.ts';
import { askDrive } from '../ports/drives.ts';
import { expandPath, isFullPath } from './expandPath.ts';

export async function checkPath(path: string): Promise<PathCheck> {
  try {
    if (!isFullPath(path)) throw notFull(path);
    return { path, kind: await kindOf(expandPath(path)), error: null };
  } catch (thrown) {
    return { path, kind: null, error: toErrorInfo(thrown, path) };
  }
}

async function kindOf(path: string): Promise<'file' | 'folder'> {
  const info = await askDrive(path, () => stat(path)).catch((thrown: NodeJS.ErrnoException) => {
    throw thrown.code === 'ENOENT' || thrown.code === 'ENOTDIR' ? missing(path, thrown) : thrown;
  });
  if (!info.isDirectory()) {
    await checkFile(path);
    return 'file';
  }
  await askDrive(path, () => readdir(path)).catch((thrown: NodeJS.ErrnoException) => {
    if (thrown instanceof PlayheadError) throw thrown;
    throw unreadableFolder(path, thrown);
  });
  return 'folder';
}

function notFull(path: string): PlayheadError {
  return new PlayheadError({
    code: 'invalid-input',
    message: 'This is not a full path.',
    file: path,
    hint: 'Write it from the beginning, such as /home/you/Videos or C:\\Users\\you\\Videos.',
  });
}

function missing(path: string, cause: unknown): PlayheadError {
  return new PlayheadError(
    {
      code: 'file-not-found',
      message: `There is no file or folder named “${basename(path)}” there.`,
      file: path,
      hint: 'Check the spelling, with capital letters and spaces; is the drive connected?',
    },
    { cause },
  );
}

function unreadableFolder(path: string, cause: NodeJS.ErrnoException): PlayheadError {
  const isForbidden = cause.code === 'EACCES' || cause.code === 'EPERM';
  return new PlayheadError(
    {
      code: 'file-unreadable',
      message: isForbidden ? 'This folder may not be read by your account.' : 'This folder cannot be read.',
      file: path,
      hint: isForbidden
        ? 'Give your account the right to read it, or choose a folder in it that you may read.'
        : 'Check the drive it is on, and try again.',
    },
    { cause },
  );
}
