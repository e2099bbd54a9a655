import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PlayheadError } from '../../../contract/errors.ts';
import type { VideoLlamaManifest } from '../../models/bundleManifest.ts';
import { halfToFloat } from './halfToFloat.ts';

/**
 * The rows of the language model's embedding matrix, read from disk when they are needed: a 7B model's matrix is
 * 2 GB, and a question needs a few hundred rows of it.
 */
export interface TokenEmbeddings {
  /** @returns (ids, D) */
  lookUp(tokenIds: readonly number[]): Float32Array;
  close(): void;
}

/** @throws PlayheadError `model-invalid` when the file does not have the size that the manifest says */
export function openTokenEmbeddings(bundleFolder: string, manifest: VideoLlamaManifest): TokenEmbeddings {
  const { file, dtype, rows, columns } = manifest.tokenEmbeddings;
  const path = join(bundleFolder, file);
  const rowBytes = columns * (dtype === 'f16' ? 2 : 4);
  const bytes = statSync(path, { throwIfNoEntry: false })?.size;
  if (bytes !== rows * rowBytes) {
    throw new PlayheadError({
      code: 'model-invalid',
      message: `The token embeddings should have ${rows * rowBytes} bytes and have ${bytes ?? 'no file'}.`,
      file: path,
    });
  }
  const descriptor = openSync(path, 'r');
  const buffer = new ArrayBuffer(rowBytes);
  const row = dtype === 'f16' ? new Uint16Array(buffer) : new Float32Array(buffer);

  return {
    lookUp(tokenIds) {
      const embeddings = new Float32Array(tokenIds.length * columns);
      for (const [position, id] of tokenIds.entries()) {
        if (!Number.isInteger(id) || id < 0 || id >= rows) throw new RangeError(`no token has the id ${id}`);
        readSync(descriptor, new Uint8Array(buffer), 0, rowBytes, id * rowBytes);
        embeddings.set(row instanceof Uint16Array ? halfToFloat(row) : row, position * columns);
      }
      return embeddings;
    },
    close: () => closeSync(descriptor),
  };
}
