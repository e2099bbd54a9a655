/** Why a path that a person named, or a folder in it, cannot be looked through. */
import { basename } from 'node:path';
import { type ErrorInfo, PlayheadError, toErrorInfo } from '../../../contract/index.ts';

export function unreadablePath(path: string, thrown: unknown): ErrorInfo {
  const code = (thrown as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') {
    return new PlayheadError({
      code: 'file-not-found',
      message: `There is no file or folder "${basename(path)}".`,
      file: path,
      hint: 'Check the path.',
    }).toInfo();
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return new PlayheadError({
      code: 'file-unreadable',
      message: `"${basename(path)}" cannot be read: you have no rights to it.`,
      file: path,
      hint: 'Change its permissions, or choose another folder.',
    }).toInfo();
  }
  return toErrorInfo(thrown, path);
}

export function stillGrowing(path: string): ErrorInfo {
  return new PlayheadError({
    code: 'file-unreadable',
    message: `"${basename(path)}" is still being written.`,
    file: path,
    hint: 'Add it again when it is finished.',
  }).toInfo();
}
