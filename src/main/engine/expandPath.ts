/** Paths as people write and paste them. */
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** "~/Videos" and "file:///home/you/Videos" as plain absolute paths; anything else as it is, from the working folder. */
export function expandPath(path: string): string {
  if (path === '~' || /^~[/\\]/.test(path)) return join(homedir(), path.slice(1));
  if (/^file:\/\//i.test(path)) {
    try {
      return fileURLToPath(path);
    } catch {
      return path;
    }
  }
  return resolve(path);
}

/** Does it mean the same place wherever the program was started? */
export function isFullPath(path: string): boolean {
  return isAbsolute(path) || /^(~$|~[/\\]|file:\/\/)/i.test(path);
}
