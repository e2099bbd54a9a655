/** What befalls the disk under a library: it is full, or another program holds a database. Each gives the way out. */
import { spawnSync } from 'node:child_process';
import { mkdir, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';

/** Null where a small disk can be mounted, which needs root on Linux; else why not. */
export const noSmallDisk =
  process.platform === 'linux' && process.getuid?.() === 0 && canMount() ? null : 'no small disk can be mounted here';

function canMount(): boolean {
  const tries = 'd=$(mktemp -d) && mount -t tmpfs -o size=1m tmpfs $d && umount $d && rmdir $d';
  return spawnSync('sh', ['-c', tries]).status === 0;
}

/** A disk of its own at `folder`, until the function that is given back is called. */
export async function mountSmallDisk(folder: string, megabytes: number): Promise<() => void> {
  await mkdir(folder, { recursive: true });
  spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]);
  return () => void spawnSync('umount', ['-l', folder]);
}

/** Takes all the room that is left on the disk of `folder`. */
export async function fillDisk(folder: string): Promise<() => Promise<void>> {
  const fillers = [join(folder, 'filler'), join(folder, 'filler-rest')];
  const { bavail, bsize } = await statfs(folder);
  await writeFile(fillers[0] as string, Buffer.alloc(bavail * bsize)).catch(() => {});
  await writeFile(fillers[1] as string, Buffer.alloc(2 ** 20)).catch(() => {});
  return async () => {
    for (const filler of fillers) await rm(filler, { force: true });
  };
}

/** Holds a database as a program does that is in the middle of writing. */
export async function holdDatabase(file: string): Promise<() => Promise<void>> {
  const db = new Database(file, { timeout: 5000 });
  db.exec('BEGIN IMMEDIATE');
  return async () => {
    db.close();
  };
}
