/**
 * Nothing is opened before it is asked what it is: a pipe would wait for its other end for ever, a device may act when
 * it is opened, a link to /dev/zero never ends. Whatever comes from outside is opened here.
 */
import type { Stats } from 'node:fs';
import { constants, type FileHandle, open, stat } from 'node:fs/promises';
import { PlayheadError } from '../../contract/errors.ts';

/** Bytes of a text that is read whole: the largest tokenizers have some tens of millions. */
export const LARGEST_TEXT_FILE = 256 * 2 ** 20;

export interface FileLimits {
  /** Bytes; a larger file is refused. */
  mostBytes?: number;
}

/**
 * A plain file, opened for reading. It is asked before it is opened and once more after: it may be another by then.
 * @throws PlayheadError `file-unreadable` that names what it is; the system's own errors (ENOENT, EACCES …)
 */
export async function openRegularFile(file: string, limits: FileLimits = {}): Promise<FileHandle> {
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
export async function readRegularFile(file: string, mostBytes: number): Promise<Buffer<ArrayBuffer>> {
  const handle = await openRegularFile(file, { mostBytes });
  try {
    const { size } = await handle.stat();
    return await readFully(handle, 0, Math.min(size, mostBytes));
  } finally {
    await handle.close();
  }
}

/** A part of a plain file, from `position` on; fewer bytes where it ends before. @throws as {@link openRegularFile} */
export async function readRegularPart(file: string, position: number, length: number): Promise<Buffer<ArrayBuffer>> {
  const handle = await openRegularFile(file);
  try {
    return await readFully(handle, position, length);
  } finally {
    await handle.close();
  }
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
