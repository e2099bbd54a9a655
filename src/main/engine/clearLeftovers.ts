/** Half-written files of work that was killed: pictures, remembered clips, copies. */
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** "x.jpg.<id>.part", "x.kv.<process>.partial", "library-….sqlite.unfinished-<process>", "x.stamp.<number>" */
const leftover = /\.(part|partial)$|\.unfinished-\d+(-journal)?$|\.(stamp|json)\.\d+$/;

/** Where they can be, below the library's folder: databases and imported models are not looked through. */
const places = ['thumbnails', 'cache', 'backups'];

/** Removes those that are older than this start. Only for the one program that works on the library. */
export async function clearLeftovers(libraryFolder: string, startedMs = Date.now()): Promise<void> {
  for (const place of places) {
    const folder = join(libraryFolder, place);
    const names = await readdir(folder, { recursive: true }).catch((): string[] => []);
    for (const name of names) {
      const file = join(folder, name);
      if (!leftover.test(name)) continue;
      const info = await stat(file).catch(() => null);
      if (info?.isFile() && info.mtimeMs < startedMs) await rm(file, { force: true });
    }
  }
}
