/** Is there room, before anything is begun? */
import { mkdir, statfs } from 'node:fs/promises';
import { PlayheadError } from '../../contract/index.ts';

/** What other programs and the library itself need beside it. */
const reserveBytes = 256 * 2 ** 20;

export interface NeededRoom {
  /** Bytes that are still to come. */
  download: number;
  /** Bytes of the bundle that is made of them; 0 where none is. */
  import: number;
}

/** @throws PlayheadError `disk-full`, which says how much is missing */
export async function checkRoom(folder: string, needed: NeededRoom): Promise<void> {
  await mkdir(folder, { recursive: true });
  const { bavail, bsize } = await statfs(folder);
  const [free, wanted] = [bavail * bsize, needed.download + needed.import + reserveBytes];
  if (free >= wanted) return;
  const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
  throw new PlayheadError({
    code: 'disk-full',
    message: `There is not enough room: ${gigabytes(needed.download)} are to be fetched and ${gigabytes(needed.import)} to be made of it, and ${gigabytes(free)} are free.`,
    hint: `Free ${gigabytes(wanted - free)}, or choose a smaller weight format.`,
    file: folder,
  });
}
