/** Other accounts of this machine read nothing of the library: its folders are 0700 and its files 0600. */
import { chmod, lstat, readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, sep } from 'node:path';
import { ignore } from '../log/log.ts';

/** From now on, in this process and in those that it starts, every new file is private from its first byte. */
export function keepNewFilesPrivate(): void {
  process.umask(0o077);
}

/** Makes private what an earlier Playhead left readable. What cannot be changed is left: it may be another's. */
export async function makePrivate(libraryFolder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const entries = await readdir(libraryFolder).catch((): string[] => []);
  // A folder that the person chose for a new library may hold other things, which are not ours to close.
  const isLibrary = entries.length === 0 || entries.includes('library.sqlite');
  if (!isLibrary) return;
  await chmod(libraryFolder, 0o700).catch(notOurs);
  await Promise.all(entries.map((name) => closeToOthers(join(libraryFolder, name))));
}

const notOurs = ignore('a file of the library could not be closed to others');

/** Behind a closed folder, what lies deeper cannot be reached. */
async function closeToOthers(path: string): Promise<void> {
  const info = await lstat(path).catch(() => null);
  if (info?.isDirectory()) await chmod(path, 0o700).catch(notOurs);
  else if (info?.isFile()) await chmod(path, 0o600).catch(notOurs);
}

/** On Windows the profile's own rights hold, and only there. Null elsewhere and for a library within the profile. */
export function outsideProfileNotice(
  libraryFolder: string,
  platform = process.platform,
  home = homedir(),
): string | null {
  if (platform !== 'win32' || libraryFolder.toLowerCase().startsWith((home + sep).toLowerCase())) return null;
  return `The library lies outside your Windows profile (${libraryFolder}): other accounts of this machine may be able to read it. Move it into your profile, or close the folder to them.`;
}
