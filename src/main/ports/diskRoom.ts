/** Is there room, before anything is begun? */
import { mkdir, statfs } from 'node:fs/promises';
import { formatBytes, PlayheadError } from '../../contract/index.ts';

/** What other programs and the library itself need beside it. */
const reserveBytes = 256 * 2 ** 20;

/** Bytes that are to be written. */
export interface NeededRoom {
  /** Of what is fetched. */
  download?: number;
  /** Of the bundle that is made of it. */
  import?: number;
}

/** @throws PlayheadError `disk-full`, which says how much is missing */
export async function checkRoom(folder: string, { download = 0, import: bundle = 0 }: NeededRoom): Promise<void> {
  await mkdir(folder, { recursive: true });
  const { bavail, bsize } = await statfs(folder);
  const [free, wanted] = [bavail * bsize, download + bundle + reserveBytes];
  if (free >= wanted) return;
  const parts = [
    download > 0 ? `${formatBytes(download)} are to be fetched` : '',
    bundle > 0 ? `the model made of it takes ${formatBytes(bundle)}` : '',
  ];
  throw new PlayheadError({
    code: 'disk-full',
    message: `There is not enough room: ${[...parts, `${formatBytes(free)} are free`].filter(Boolean).join(', ')}.`,
    hint: `Free ${formatBytes(wanted - free)}, or choose a smaller weight format.`,
    file: folder,
  });
}
