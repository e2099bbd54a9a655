/**
 * Writes a bundle where nobody takes it for a whole one: into `<bundle>.partial`, renamed at the very end.
 * A killed import leaves only that folder, and the next import of the same bundle starts by removing it. It is known by
 * the file in it that names its writer: a folder without one is the person's own, and another name is taken.
 */
import { createHash } from 'node:crypto';
import { copyFile, lstat, mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PlayheadError } from '../../contract/errors.ts';
import { type BundleManifest, manifestFileName } from '../models/bundleManifest.ts';
import { partialFolder } from '../models/partialBundle.ts';

export type WriteFile = (path: string, chunks: AsyncIterable<Uint8Array>) => Promise<void>;

export interface BundleFile {
  path: string;
  bytes: number;
  sha256: string;
}

export class BundleWriter {
  readonly files: BundleFile[] = [];
  readonly #folder: string;
  #partial: string;
  readonly #signal: AbortSignal | undefined;
  readonly #onBytes: (bytes: number) => void;
  #isOurs = false;

  constructor(bundleFolder: string, signal: AbortSignal | undefined, onBytes: (bytes: number) => void) {
    this.#folder = bundleFolder;
    this.#partial = partialFolder(bundleFolder);
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
    for (let count = 2; !writing.has(this.#partial) && !(await isOurs(this.#partial)); count++)
      this.#partial = partialFolder(this.#folder, count);
    // Asked again after the wait: another import of this process may have begun meanwhile.
    if ((await isWrittenByAnother(this.#partial)) || writing.has(this.#partial)) {
      throw new PlayheadError({
        code: 'invalid-input',
        message: 'Another import is writing this bundle just now.',
        hint: 'Wait for it, or choose another folder.',
        file: this.#folder,
      });
    }
    this.#isOurs = true;
    writing.add(this.#partial);
    await rm(this.#partial, { recursive: true, force: true });
    await mkdir(this.#partial, { recursive: true });
    await writeFile(join(this.#partial, writerFileName), String(process.pid));
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
    try {
      await handle.writeFile(`${JSON.stringify(manifest, null, 2)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    this.#signal?.throwIfAborted();
    await rename(this.#partial, this.#folder);
    // After it: a partial bundle without this file is taken for somebody else's folder.
    await rm(join(this.#folder, writerFileName), { force: true });
    writing.delete(this.#partial);
  }

  /** What another import writes is left alone. */
  async abandon(): Promise<void> {
    if (!this.#isOurs) return;
    writing.delete(this.#partial);
    await rm(this.#partial, { recursive: true, force: true });
  }
}

/** Which process writes a partial bundle: a file in it while it is written. */
const writerFileName = 'import.pid';
/** The partial bundles that this process writes. */
const writing = new Set<string>();

/** True for a folder that an import has begun, and for none at all. */
async function isOurs(folder: string): Promise<boolean> {
  if ((await lstat(folder).catch(() => null)) === null) return true;
  return (await lstat(join(folder, writerFileName)).catch(() => null))?.isFile() === true;
}

async function isWrittenByAnother(partial: string): Promise<boolean> {
  const writer = Number(await readFile(join(partial, writerFileName), 'utf8').catch(() => '0'));
  if (!(writer > 0) || writer === process.pid) return false;
  try {
    process.kill(writer, 0);
    return true;
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'EPERM';
  }
}
