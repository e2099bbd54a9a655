/**
 * Writes a bundle where nobody takes it for a whole one: into `<bundle>.partial`, renamed at the very end.
 * A killed import leaves only that folder, and the next import of the same bundle starts by removing it.
 */
import { createHash } from 'node:crypto';
import { copyFile, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PlayheadError } from '../../contract/errors.ts';
import { type BundleManifest, manifestFileName } from '../core/model/bundleManifest.ts';

export type WriteFile = (path: string, chunks: AsyncIterable<Uint8Array>) => Promise<void>;

export interface BundleFile {
  path: string;
  bytes: number;
  sha256: string;
}

export class BundleWriter {
  readonly files: BundleFile[] = [];
  readonly #folder: string;
  readonly #partial: string;
  readonly #signal: AbortSignal | undefined;
  readonly #onBytes: (bytes: number) => void;

  constructor(bundleFolder: string, signal: AbortSignal | undefined, onBytes: (bytes: number) => void) {
    this.#folder = bundleFolder;
    this.#partial = `${bundleFolder}.partial`;
    this.#signal = signal;
    this.#onBytes = onBytes;
  }

  /** @throws PlayheadError `invalid-input` when there is already something at the bundle's place. */
  async begin(): Promise<void> {
    if ((await stat(this.#folder).catch(() => null)) !== null)
      throw new PlayheadError({
        code: 'invalid-input',
        message: 'There is already something at the place of the new bundle.',
        hint: 'Choose another folder, or remove this one first.',
        file: this.#folder,
      });
    await rm(this.#partial, { recursive: true, force: true });
    await mkdir(this.#partial, { recursive: true });
  }

  /** Streams one file, hashing on the way. */
  write: WriteFile = async (path, chunks) => {
    const target = join(this.#partial, path);
    await mkdir(dirname(target), { recursive: true });
    const hash = createHash('sha256');
    let bytes = 0;
    const handle = await open(target, 'w');
    try {
      for await (const chunk of chunks) {
        this.#signal?.throwIfAborted();
        await handle.writeFile(chunk);
        hash.update(chunk);
        bytes += chunk.length;
        this.#onBytes(chunk.length);
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    this.files.push({ path, bytes, sha256: hash.digest('hex') });
  };

  /** Copies a small file of the checkpoint as it is. */
  async copy(source: string, path: string): Promise<void> {
    const target = join(this.#partial, path);
    await copyFile(source, target);
    const content = await readFile(target);
    this.files.push({ path, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') });
  }

  /** The manifest last, then the name: from here on the bundle is whole. */
  async finish(manifest: BundleManifest): Promise<void> {
    const handle = await open(join(this.#partial, manifestFileName), 'w');
    await handle.writeFile(`${JSON.stringify(manifest, null, 2)}\n`);
    await handle.sync();
    await handle.close();
    this.#signal?.throwIfAborted();
    await rename(this.#partial, this.#folder);
  }

  async abandon(): Promise<void> {
    await rm(this.#partial, { recursive: true, force: true });
  }
}
