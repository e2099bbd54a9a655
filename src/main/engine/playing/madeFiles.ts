/** Files that are made of others when they are asked for, kept for a while in a folder of bounded size, and may be deleted at any time. */
import { mkdir, readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import PQueue from 'p-queue';
import { ignore } from '../../log/log.ts';
import { writeWhole } from '../../media/writeThumbnail.ts';

/** Files after which the folder is looked through again. */
const tidyEvery = 50;

export class MadeFiles {
  readonly #folder: string;
  readonly #mostBytes: number;
  /** Two at once, so that what is wanted now does not wait behind what was wanted before it. */
  readonly #turns = new PQueue({ concurrency: 2 });
  readonly #underWay = new Map<string, Promise<unknown>>();
  #made = 0;

  /** @param mostBytes what is kept; the files that were used longest ago go first */
  constructor(folder: string, mostBytes: number) {
    this.#folder = folder;
    this.#mostBytes = mostBytes;
  }

  /** Two that ask for the same file get the same one. @returns its absolute path */
  async take(name: string, make: () => Promise<Uint8Array>): Promise<string> {
    const path = join(this.#folder, name);
    const made = this.#underWay.get(path) ?? this.#make(path, make).finally(() => this.#underWay.delete(path));
    this.#underWay.set(path, made);
    await made;
    return path;
  }

  /** Removes the files whose names begin so. */
  async forget(prefix: string): Promise<void> {
    const names = await readdir(this.#folder).catch(() => []); // no folder, no files
    const mine = names.filter((name) => name.startsWith(prefix));
    await Promise.all(mine.map((name) => rm(join(this.#folder, name), { force: true })));
  }

  async #make(path: string, make: () => Promise<Uint8Array>): Promise<void> {
    if (await touch(path)) return;
    await writeWhole(path, await this.#turns.add(make));
    if (this.#made++ % tidyEvery === 0) await this.#tidy();
  }

  async #tidy(): Promise<void> {
    await forgetOldest(this.#folder, this.#mostBytes).catch(ignore('old pieces were not removed'));
  }
}

/** True for a file that is there; it was used now. */
async function touch(path: string): Promise<boolean> {
  const now = new Date();
  return utimes(path, now, now).then(
    () => true,
    () => false,
  );
}

/** Removes the files of a folder that were used longest ago, until the others have at most `bytes`. */
export async function forgetOldest(folder: string, bytes: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  const files = await Promise.all(
    (await readdir(folder)).map(async (name) => ({ path: join(folder, name), info: await stat(join(folder, name)) })),
  );
  let total = 0;
  for (const { path, info } of files.sort((a, b) => b.info.mtimeMs - a.info.mtimeMs)) {
    total += info.size;
    if (total > bytes) await rm(path, { force: true });
  }
}
