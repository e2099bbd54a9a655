/** Two hashes of a file's content: a quick one that finds candidates, and the whole one that decides. */
import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { SLOW_DRIVE, withTimeLimit } from '../channel/timeLimit.ts';
import { readFully, readPieces, withRegularFile } from '../ports/regularFile.ts';

const PART = 2 ** 20; // bytes

/**
 * Recognises the same content under another name: sha256 (hex) over the size as decimal text, the first MiB and the
 * last MiB. Files of up to two MiB are covered whole.
 */
export async function fingerprintFile(file: string, sizeBytes: number, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256').update(String(sizeBytes));
  const parts = sizeBytes <= PART ? [0] : [0, Math.max(PART, sizeBytes - PART)];
  const readParts = async (handle: FileHandle) => {
    for (const position of parts) {
      hash.update(await readFully(handle, position, Math.min(PART, sizeBytes - position)));
    }
  };
  await withRegularFile(file, readParts, { signal });
  return hash.digest('hex');
}

/** True when {@link fingerprintFile} reads all of a file of this size. */
export function fingerprintCoversAll(sizeBytes: number): boolean {
  return sizeBytes <= 2 * PART;
}

export interface HashOptions {
  signal?: AbortSignal | undefined;
  /** Seconds; left out, what a slow drive takes and ten minutes. */
  limitSec?: number;
}

/**
 * sha256 (hex) of the whole file; of a file of up to two MiB its fingerprint, which says as much.
 * @throws PlayheadError `time-limit`; the signal's reason; what reading throws
 */
export async function hashWholeFile(file: string, sizeBytes: number, options: HashOptions = {}): Promise<string> {
  const { signal, limitSec = 600 + sizeBytes / SLOW_DRIVE } = options;
  const hashing = async (signal: AbortSignal) => {
    if (fingerprintCoversAll(sizeBytes)) return fingerprintFile(file, sizeBytes, signal);
    const hash = createHash('sha256');
    for await (const piece of readPieces(file, { signal })) hash.update(piece);
    return hash.digest('hex');
  };
  return withTimeLimit({ what: 'Comparing the whole file', file, limitSec }, hashing, signal);
}
