/**
 * Nothing is opened before it is asked what it is: a pipe would wait for its other end for ever, a device may act when
 * it is opened, a link to /dev/zero never ends. Whatever comes from outside is opened here.
 */
import type { Stats } from 'node:fs';
import { constants, type FileHandle, open, stat } from 'node:fs/promises';
import { PlayheadError } from '../../contract/errors.ts';
import { type Asking, askDrive } from './drives.ts';

/** Bytes of a text that is read whole: the largest tokenizers have some tens of millions. */
export const LARGEST_TEXT_FILE = 256 * 2 ** 20;

/** Bytes that are read at once of what is read from end to end. */
const PIECE = 2 ** 20;
/** Milliseconds after which a drive that did not answer is asked again to close a file. */
const CLOSE_AGAIN_MS = 60_000;

export interface FileLimits extends Asking {
  /** Bytes; a larger file is refused. */
  mostBytes?: number;
}

/**
 * A plain file, opened for reading. It is asked before it is opened and once more after: it may be another by then.
 * @throws PlayheadError `file-unreadable` that names what it is; the system's own errors (ENOENT, EACCES …)
 */
export function openRegularFile(file: string, limits: FileLimits = {}): Promise<FileHandle> {
  return askDrive(file, () => openUnlessOdd(file, limits), limits);
}

/**
 * What is done with a plain file while it is open, as one question to its drive.
 * @throws as {@link openRegularFile}
 */
export function withRegularFile<T>(
  file: string,
  work: (handle: FileHandle) => Promise<T>,
  limits: FileLimits = {},
): Promise<T> {
  const openWorkClose = async () => {
    const handle = await openUnlessOdd(file, limits);
    try {
      return await work(handle);
    } finally {
      await handle.close();
    }
  };
  return askDrive(file, openWorkClose, limits);
}

async function openUnlessOdd(file: string, limits: FileLimits): Promise<FileHandle> {
  refuseUnlessRegular(file, await stat(file), limits);
  const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    refuseUnlessRegular(file, await handle.stat(), limits);
    return handle;
  } catch (thrown) {
    await handle.close();
    throw thrown;
  }
}

/** The whole content of a plain file. @throws as {@link openRegularFile} */
export function readRegularFile(file: string, mostBytes: number, asking: Asking = {}): Promise<Buffer<ArrayBuffer>> {
  const readAll = async (handle: FileHandle) => readFully(handle, 0, Math.min((await handle.stat()).size, mostBytes));
  return withRegularFile(file, readAll, { ...asking, mostBytes });
}

/** A part of a plain file, from `position` on; fewer bytes where it ends before. @throws as {@link openRegularFile} */
export function readRegularPart(
  file: string,
  position: number,
  length: number,
  asking: Asking = {},
): Promise<Buffer<ArrayBuffer>> {
  return withRegularFile(file, (handle) => readFully(handle, position, length), asking);
}

/**
 * A plain file from `start` up to, not including, `end`, or to its end, piece by piece. Each piece is one question to
 * the drive: one that falls silent in the middle is noticed. @throws as {@link openRegularFile}
 */
export async function* readPieces(
  file: string,
  { start = 0, end = Number.POSITIVE_INFINITY, ...asking }: Asking & { start?: number; end?: number } = {},
): AsyncGenerator<Buffer<ArrayBuffer>> {
  const handle = await openRegularFile(file, asking);
  try {
    for (let position = start; position < end; ) {
      const wanted = Math.min(PIECE, end - position);
      const piece = await askDrive(file, () => readFully(handle, position, wanted), asking);
      if (piece.length > 0) yield piece;
      if (piece.length < wanted) return;
      position += piece.length;
    }
  } finally {
    closeLater(file, handle);
  }
}

/** Not waited for, since a silent drive would hold this, too: it is closed when its drive answers again. */
function closeLater(file: string, handle: FileHandle): void {
  askDrive(file, () => handle.close()).catch((thrown: unknown) => {
    const isSilent = thrown instanceof PlayheadError && thrown.code === 'time-limit';
    if (isSilent) setTimeout(closeLater, CLOSE_AGAIN_MS, file, handle).unref();
  });
}

/** One read may give less than was asked for, as on a network drive: reads until it is all there or the file ends. */
export async function readFully(handle: FileHandle, position: number, length: number): Promise<Buffer<ArrayBuffer>> {
  const bytes = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(bytes, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}

/** Why a file is not opened, to stand behind its name ("is a pipe, not a plain file"); null where it may be. */
export function whyRefused(facts: Stats, { mostBytes = Number.POSITIVE_INFINITY }: FileLimits = {}): string | null {
  if (!facts.isFile()) return `is ${whatItIs(facts)}, not a plain file`;
  return facts.size > mostBytes ? `has ${facts.size} bytes, more than the limit of ${mostBytes}` : null;
}

function refuseUnlessRegular(file: string, facts: Stats, limits: FileLimits): void {
  const reason = whyRefused(facts, limits);
  if (reason === null) return;
  throw new PlayheadError({
    code: 'file-unreadable',
    message: `This ${reason}.`,
    file,
    ...(facts.isFile() ? {} : { hint: 'Put the file itself in its place.' }),
  });
}

function whatItIs(facts: Stats): string {
  if (facts.isDirectory()) return 'a folder';
  if (facts.isFIFO()) return 'a pipe';
  return facts.isSocket() ? 'a socket' : 'a device';
}
