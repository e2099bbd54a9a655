import { constants, open } from 'node:fs/promises';

/** Bytes; a subtitle file, even with fonts inside, is not longer. */
export const LARGEST_SUBTITLE_FILE = 16 * 2 ** 20;

/**
 * The bytes of a plain file. What it is, is asked of the opened file itself, so that a pipe, a device or a link to one
 * is never read, and opening a pipe does not wait for its other end.
 * @throws Error in words, where it is no plain file or too large; the system's errors
 */
export async function readBoundedFile(file: string): Promise<Uint8Array> {
  const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const facts = await handle.stat();
    if (!facts.isFile()) throw new Error('it is not a plain file');
    if (facts.size > LARGEST_SUBTITLE_FILE) throw new Error('it is too large to be a subtitle file');
    const bytes = new Uint8Array(facts.size);
    const { bytesRead } = await handle.read(bytes, 0, facts.size, 0);
    return bytes.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
