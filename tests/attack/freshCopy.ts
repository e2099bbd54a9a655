import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { libraryFiles } from '../../src/main/library/libraryFiles.ts';

/** A good copy of the library beside it, made just now: a start has no reason to make another, and so none to check. */
export async function putFreshCopy(folder: string, bytes: Buffer): Promise<void> {
  const { backups } = libraryFiles(folder);
  await mkdir(backups);
  await writeFile(join(backups, 'library-2026-11-28T00-00-00.sqlite'), bytes);
}
