import { readRegularFile } from '../../ports/regularFile.ts';

/** Bytes; a subtitle file, even with fonts inside, is not longer. */
export const LARGEST_SUBTITLE_FILE = 16 * 2 ** 20;

/** @throws as `readRegularFile` does */
export function readBoundedFile(file: string): Promise<Uint8Array<ArrayBuffer>> {
  return readRegularFile(file, LARGEST_SUBTITLE_FILE);
}
